// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.path;

import dev.pharos.usp.Limits;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.path.PathName.LeafKind;
import dev.pharos.usp.path.Segment.Instance;
import dev.pharos.usp.path.Segment.Name;
import dev.pharos.usp.path.Segment.Placeholder;
import dev.pharos.usp.path.Segment.Search;
import dev.pharos.usp.path.Segment.Wildcard;
import java.util.ArrayList;
import java.util.List;

/// The grammar of Path Names: the instantiated and the supported data model's at once, since a path shows by
/// itself which it needs (R-ARC.7).
final class PathSyntax {
    private static final Wildcard WILDCARD = new Wildcard();
    private static final Placeholder PLACEHOLDER = new Placeholder();
    /// Instance Numbers are unsignedInt.
    private static final long MAX_INSTANCE = 0xFFFF_FFFFL;

    private final PathScanner in;
    private final List<Segment> segments = new ArrayList<>();

    private PathSyntax(String text) {
        this.in = new PathScanner(text);
    }

    static PathName parse(String text) throws MalformedInputException {
        return new PathSyntax(text).parse();
    }

    private PathName parse() throws MalformedInputException {
        in.requireLength();
        while (!in.atEnd()) {
            if (segments.size() == Limits.MAX_PATH_SEGMENTS) {
                throw in.wrong("has more than " + Limits.MAX_PATH_SEGMENTS + " steps");
            }
            if (in.atNameStart()) {
                String name = in.name();
                if (in.atEnd() || in.at('(') || in.at('!')) {
                    return leaf(name);
                }
                segments.add(in.at('+') || in.at('#') ? in.follow(name) : new Name(name));
            } else {
                requireTable();
                segments.add(instance());
            }
            in.require('.', "expected a dot");
        }
        return new PathName(segments, LeafKind.OBJECT, "");
    }

    private PathName leaf(String name) throws MalformedInputException {
        if (segments.isEmpty()) {
            throw in.wrong("expected a dot; the root object is written with one, as in Device.");
        }
        LeafKind kind = LeafKind.PARAMETER;
        if (in.take('(')) {
            in.require(')', "expected () at the end of a command");
            kind = LeafKind.COMMAND;
        } else if (in.take('!')) {
            kind = LeafKind.EVENT;
        }
        if (!in.atEnd()) {
            throw in.wrong("nothing may follow a " + (kind == LeafKind.COMMAND ? "command" : "event"));
        }
        return new PathName(segments, kind, name);
    }

    /// Only a table below the root object has instances, and each step of a table picks them once.
    private void requireTable() throws MalformedInputException {
        if (segments.size() < 2 || !(segments.getLast() instanceof Name)) {
            throw in.wrong("expected a name: a letter or '_'");
        }
    }

    private Segment instance() throws MalformedInputException {
        if (in.take('*')) {
            return WILDCARD;
        }
        if (in.at('[')) {
            return new Search(SearchSyntax.parse(in));
        }
        if (in.take('{')) {
            in.require('i', "expected {i}");
            in.require('}', "expected {i}");
            return PLACEHOLDER;
        }
        return new Instance(in.positiveNumber(MAX_INSTANCE, "an Instance Number"));
    }
}
