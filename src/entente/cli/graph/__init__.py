"""Networks of states as files: GraphML and GEXF for graph tools, a drawing as SVG and PNG, a page as HTML."""
