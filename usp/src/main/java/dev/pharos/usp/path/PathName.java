// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.path;

import dev.pharos.usp.Frozen;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.List;

/// A parsed Path Name (R-ARC.7): steps to an object, and, where the path names something of the object, that
/// name.
///
/// `Device.WiFi.SSID.1.` is an object path of four segments; `Device.WiFi.SSID.1.SSID` the same with the leaf
/// `SSID`.
///
/// @param segments at least one, the first a [Segment.Name]
/// @param leaf the parameter, command or event without its mark; empty for object paths
public record PathName(List<Segment> segments, LeafKind leafKind, String leaf) {
    public PathName {
        segments = Frozen.list(segments);
    }

    /// What the last step names.
    public enum LeafKind {
        /// Nothing beyond the object: the path ends with a dot.
        OBJECT,
        PARAMETER,
        /// Ends with `()`.
        COMMAND,
        /// Ends with `!`.
        EVENT
    }

    /// Reads a path of the instantiated or of the supported data model.
    ///
    /// @throws MalformedInputException 7008 with the position of what was wrong
    public static PathName parse(String text) throws MalformedInputException {
        return PathSyntax.parse(text);
    }

    /// As [#parse], for handlers.
    ///
    /// @throws UspException 7008
    public static PathName require(String text) {
        try {
            return parse(text);
        } catch (MalformedInputException malformed) {
            throw new UspException(StandardErrorCode.INVALID_PATH_SYNTAX, malformed.detail());
        }
    }

    /// Reads the value of a reference parameter that refers to an object: there the trailing dot is dropped.
    ///
    /// @throws MalformedInputException 7008 with the position of what was wrong
    public static PathName parseReference(String value) throws MalformedInputException {
        return parse(value.endsWith(".") ? value : value + ".");
    }

    public boolean isObject() {
        return leafKind == LeafKind.OBJECT;
    }

    /// Whether the path may stand for any number of objects: it holds a wildcard, a search expression or
    /// follows every item of a list.
    public boolean isSearch() {
        for (Segment segment : segments) {
            if (segment instanceof Segment.Wildcard
                    || segment instanceof Segment.Search
                    || segment instanceof Segment.Follow) {
                return true;
            }
        }
        return false;
    }

    /// The object's path without the leaf, with a trailing dot.
    public PathName object() {
        return isObject() ? this : new PathName(segments, LeafKind.OBJECT, "");
    }

    /// The same object with this parameter.
    public PathName parameter(String name) {
        return new PathName(segments, LeafKind.PARAMETER, name);
    }

    /// The form on the wire; object paths end with a dot.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Segment segment : segments) {
            text.append(segment).append('.');
        }
        switch (leafKind) {
            case OBJECT -> {}
            case PARAMETER -> text.append(leaf);
            case COMMAND -> text.append(leaf).append("()");
            case EVENT -> text.append(leaf).append('!');
        }
        return text.toString();
    }
}
