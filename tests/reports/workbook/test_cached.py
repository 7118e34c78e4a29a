from capshare.reports.workbook.cached import with_values


def test_formula_cells_get_their_values_and_others_stay():
    xml = (
        b'<row><c r="A1" s="2" t="inlineStr"><is><t>x</t></is></c>'
        b'<c r="B1" s="3"><f>A1&amp;"&lt;"</f><v /></c><c r="C1"><f>1/3</f><v></v></c></row>'
    )
    found = with_values(xml, {"B1": "a<b", "C1": 1 / 3})
    assert b'<c r="B1" s="3" t="str"><f>A1&amp;"&lt;"</f><v>a&lt;b</v></c>' in found
    assert b'<c r="C1"><f>1/3</f><v>0.3333333333333333</v></c>' in found
    assert found.startswith(b'<row><c r="A1" s="2" t="inlineStr"><is><t>x</t></is></c>')
