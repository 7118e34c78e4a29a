"""The workbench's server: its addresses, and what each of them answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response

from capshare.base.errors import CapshareError, Problem
from capshare.workbench.about import about
from capshare.workbench.answers import Answer, Exported, Refusal
from capshare.workbench.docs_page import docs_html
from capshare.workbench.export import TakenError, run_folder, study_file
from capshare.workbench.frontier import frontier
from capshare.workbench.in_thread import in_thread, once
from capshare.workbench.page import page_html
from capshare.workbench.questions import ExportRun, ProvinceStory, Question, Solve
from capshare.workbench.refusals import refusal, refusal_of, said
from capshare.workbench.session import LONGEST_LOOK_S, LONGEST_S, BusyError, Session
from capshare.workbench.setting_answers import Settings
from capshare.workbench.solve import LONGEST_SEARCH_S, answer
from capshare.workbench.story import story
from capshare.workbench.story_answers import Frontier, Story

Result = TypeVar("Result")
# Of a run with all its files.
LONGEST_RUN_S = 300.0
_TOML: dict[int | str, dict[str, Any]] = {200: {"content": {"application/toml": {}}}}
_REFUSED: dict[int | str, dict[str, Any]] = {
    422: {"model": Refusal},
    503: {"model": Refusal},
    504: {"model": Refusal},
}


def application(session: Session, exports: Path, lang: str) -> FastAPI:
    """The addresses of the workbench.

    Parameters
    ----------
    session : holds the study
    exports : folder that runs are written into
    lang : language that the page opens in, and that runs are written in
    """
    app = FastAPI(title="capshare workbench", docs_url=None, redoc_url=None, responses=_REFUSED)
    _tell_refusals(app)
    _page(app, session, lang)
    _questions(app, session)
    _stories(app, session)
    _exports(app, session, exports, lang)
    return app


def _page(app: FastAPI, session: Session, lang: str) -> None:
    @app.get("/", include_in_schema=False)
    async def page(request: Request) -> Response:
        study = session.base.study.study.name
        with session.in_its_words():
            return HTMLResponse(page_html(study, request.state.nonce, lang))

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        return HTMLResponse(docs_html(app.openapi(), request.state.nonce))


def _questions(app: FastAPI, session: Session) -> None:
    # It follows the study alone; trying every choice takes a while.
    session_settings = once(lambda: about(session))

    @app.get("/api/settings", summary="What may be turned")
    async def settings() -> Settings:
        return await _answered(session_settings)

    @app.post("/api/solve", summary="The split with some settings changed", response_model=Answer)
    async def solve(asked: Solve) -> Response:
        # Made of the very model: to check it once more takes as long as its words did.
        told = await _answered(
            lambda: answer(session, asked.changes, asked.year).model_dump_json(),
            LONGEST_S + LONGEST_SEARCH_S,
        )
        return Response(told, media_type="application/json")


def _stories(app: FastAPI, session: Session) -> None:
    @app.post("/api/frontier", summary="Cost against fairness")
    async def cost_and_fairness(asked: Question) -> Frontier:
        return await _answered(lambda: frontier(session, asked.changes), LONGEST_S + LONGEST_LOOK_S)

    @app.post("/api/province", summary="Why a province gets what it gets")
    async def province(asked: ProvinceStory) -> Story:
        return await _answered(
            lambda: story(session, asked.changes, asked.code, asked.year, asked.peers),
            LONGEST_S + LONGEST_LOOK_S,
        )


def _exports(app: FastAPI, session: Session, exports: Path, lang: str) -> None:
    @app.post("/api/export", summary="The study file", response_class=Response, responses=_TOML)
    async def export(asked: Question) -> Response:
        data = await _answered(lambda: study_file(session, asked.changes))
        name = f'attachment; filename="{session.base.study.study.name}.toml"'
        return Response(data, media_type="application/toml", headers={"content-disposition": name})

    @app.post("/api/export/run", summary="A run, written into the export folder")
    async def export_run(asked: ExportRun) -> Exported:
        folder = await _answered(
            lambda: run_folder(session, asked.changes, asked.name, exports, lang), LONGEST_RUN_S
        )
        return Exported(folder=str(folder))


async def _answered(work: Callable[[], Result], seconds: float = 2 * LONGEST_S) -> Result:
    return await in_thread(work, seconds)


def _tell_refusals(app: FastAPI) -> None:
    """Every refusal in the same form."""

    @app.exception_handler(CapshareError)
    async def wrong(request: Request, error: CapshareError) -> Response:
        return _json(422, refusal(error))

    @app.exception_handler(RequestValidationError)
    async def unreadable(request: Request, error: RequestValidationError) -> Response:
        return _json(422, refusal_of(map(_of_request, error.errors())))

    @app.exception_handler(BusyError)
    async def busy(request: Request, error: BusyError) -> Response:
        return _json(503, said("busy"))

    @app.exception_handler(TakenError)
    async def taken(request: Request, error: TakenError) -> Response:
        return _json(422, said("taken", name=error.name))

    @app.exception_handler(TimeoutError)
    async def late(request: Request, error: TimeoutError) -> Response:
        return _json(504, said("late"))

    @app.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:
        # It is raised again behind the answer, for the log.
        return _json(500, said("fault"))


def _of_request(detail: dict[str, Any]) -> Problem:
    place = ".".join(str(part) for part in detail["loc"] if part != "body")
    return Problem(
        "request", place, str(detail["msg"]), repr(detail.get("input"))[:100], "Correct the request."
    )


def _json(status: int, told: Refusal) -> Response:
    return JSONResponse(told.model_dump(), status)
