"""Networks as GraphML and GEXF, which Gephi, Cytoscape, igraph and NetworkX read. Every tie names its records."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from entente.analysis.network import Network

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_STATE = ("camp", "held", "group", "part", "friends", "foes", "records", "documents")
_TIE = ("net", "net_low", "net_high", "cooperation", "conflict", "sign", "crossing", "records", "documents")
_WHOLE = {"camp", "group", "part", "friends", "foes", "records", "documents", "sign"}
_WORDS = {"crossing", "record_ids"}


def graphml_of(network: Network) -> bytes:
    """Return the network as GraphML; ``weight`` is the size of the net weight, ``net`` has its sign."""
    root = ElementTree.Element("graphml", xmlns=_GRAPHML)
    for of, names in (("node", _STATE), ("edge", ("weight", *_TIE, "record_ids"))):
        for name in names:
            keys = {"id": f"{of}_{name}", "for": of, "attr.name": name, "attr.type": _type(name, "int", "double", "string")}
            ElementTree.SubElement(root, "key", keys)
    graph = ElementTree.SubElement(root, "graph", id="network", edgedefault="undirected")
    for row in network.states.rows():
        node = ElementTree.SubElement(graph, "node", id=row["state"])
        _fill(node, "data", {f"node_{name}": row[name] for name in _STATE}, "key")
    for row in _ties(network):
        edge = ElementTree.SubElement(graph, "edge", source=row["one"], target=row["other"])
        _fill(edge, "data", {f"edge_{name}": row[name] for name in ("weight", *_TIE, "record_ids")}, "key")
    return _written(root)


def gexf_of(network: Network) -> bytes:
    """Return the network as GEXF 1.3."""
    root = ElementTree.Element("gexf", xmlns=_GEXF, version="1.3")
    graph = ElementTree.SubElement(root, "graph", defaultedgetype="undirected", mode="static")
    for of, names in (("node", _STATE), ("edge", (*_TIE, "record_ids"))):
        attributes = ElementTree.SubElement(graph, "attributes", {"class": of})
        for name in names:
            kind = _type(name, "integer", "double", "string")
            ElementTree.SubElement(attributes, "attribute", id=name, title=name, type=kind)
    nodes, edges = (ElementTree.SubElement(graph, name) for name in ("nodes", "edges"))
    for row in network.states.rows():
        node = ElementTree.SubElement(nodes, "node", id=row["state"], label=row["state"])
        _fill(ElementTree.SubElement(node, "attvalues"), "attvalue", {name: row[name] for name in _STATE}, "for")
    for place, row in enumerate(_ties(network)):
        ends = {"id": str(place), "source": row["one"], "target": row["other"], "weight": _text(row["weight"])}
        edge = ElementTree.SubElement(edges, "edge", ends)
        values = {name: row[name] for name in (*_TIE, "record_ids")}
        _fill(ElementTree.SubElement(edge, "attvalues"), "attvalue", values, "for")
    return _written(root)


def _ties(network: Network) -> list[dict[str, Any]]:
    return [
        row | {"weight": abs(row["net"]), "record_ids": " ".join(network.ids(place))} for place, row in enumerate(network.rows())
    ]


def _fill(parent: ElementTree.Element, tag: str, values: dict[str, Any], key: str) -> None:
    for name, value in values.items():
        if value is None:
            continue
        child = ElementTree.SubElement(parent, tag, {key: name})
        if tag == "data":
            child.text = _text(value)
        else:
            child.set("value", _text(value))


def _text(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _type(name: str, whole: str, number: str, words: str) -> str:
    return whole if name in _WHOLE else words if name in _WORDS else number


def _written(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'.encode()
