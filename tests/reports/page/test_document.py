import base64
import hashlib
import re

from capshare.base.conventions import Conventions, following
from capshare.reports.page.document import document, policy, script_text


def test_the_policy_names_the_scripts_and_styles_of_the_page_and_no_other(pages):
    for page in pages.values():
        [stated] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
        rules = dict(rule.split(" ", 1) for rule in stated.split("; "))
        assert rules["default-src"] == "'none'"
        for tag, part in (("script", "script-src"), ("style", "style-src")):
            found = re.findall(rf"(?s)<{tag}>(.*?)</{tag}>", page)
            digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in found]
            assert rules[part] == " ".join(f"'sha256-{digest}'" for digest in digests)
        assert "unsafe" not in stated


def test_no_element_has_a_style_or_a_script_of_its_own(pages):
    for page in pages.values():
        document = re.sub(r"(?s)<(script|style)[^>]*>.*?</\1>", "", page)
        assert not re.search(r"<[^>]* (style|on[a-z]+)=", document)


def test_a_policy_allows_what_it_is_given():
    # The digest of an empty text, as in the examples of the specification.
    empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    assert f"script-src {empty} {empty}; style-src {empty};" in policy(("",), ("", ""))


def test_data_cannot_end_its_element():
    assert script_text({"a": "</script>"}) == '{"a":"\\u003c/script>"}'


def test_the_policy_is_of_the_script_as_it_stands_in_a_page_in_euros():
    with following(Conventions(currency="eur")):
        page = document("layout.html", {}, module="const price = (row) => row.price_yuan_per_t;")
    [module] = re.findall(r'(?s)<script type="module">(.*?)</script>', page)
    assert module == "const price = (row) => row.price_eur_per_t;"
    digest = base64.b64encode(hashlib.sha256(module.encode()).digest()).decode()
    [allowed] = re.findall(r"script-src ([^;]*);", page)
    assert allowed.endswith(f"'sha256-{digest}'")
