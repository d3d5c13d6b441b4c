/** The extraction the reader is compared with, for `xsltproc`: status and fields of the last error-status event. */
export const extractXsl = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="http://schemas.microsoft.com/win/2004/08/events/event"><xsl:output method="text"/>
<xsl:template match="/"><xsl:value-of select="*/@statusCode"/><xsl:for-each select="//e:Event[e:RenderingInfo/e:Opcode='MODULE_SET_RESPONSE_ERROR_STATUS'][last()]/e:EventData/e:Data"><xsl:text> </xsl:text><xsl:value-of select="."/></xsl:for-each></xsl:template></xsl:stylesheet>`;

/** The same for Python's lxml. */
export const extractPy = `import sys
from lxml import etree
E='{http://schemas.microsoft.com/win/2004/08/events/event}'
for f in sys.argv[1:]:
    try: t=etree.parse(f)
    except etree.XMLSyntaxError: continue
    last=None
    for e in t.iter(E+'Event'):
        if e.findtext(E+'RenderingInfo/'+E+'Opcode')=='MODULE_SET_RESPONSE_ERROR_STATUS': last=e
    print(t.getroot().get('statusCode'), [d.text for d in last.iter(E+'Data')] if last is not None else '')
`;
