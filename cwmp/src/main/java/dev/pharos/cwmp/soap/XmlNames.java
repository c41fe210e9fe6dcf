// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Which prefixes are declared where an envelope is being read. The XML reader leaves this to us, since its own way
/// ends
/// at the first prefix that is not declared, as devices send.
final class XmlNames {
    static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String ENCODING = "http://schemas.xmlsoap.org/soap/encoding/";
    static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String DECLARATION = "xmlns";

    private record Declared(int depth, String prefix, String uri) {}

    private final List<Declared> declared = new ArrayList<>();
    private @Nullable CwmpNamespace cwmp;

    /// Takes the declarations of the element that the reader stands at.
    ///
    /// @return whether there is room for them
    boolean enter(XMLStreamReader xml, int depth) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String name = xml.getAttributeLocalName(i);
            if (name.startsWith(DECLARATION)) {
                if (name.length() == DECLARATION.length()) {
                    declare(depth, "", xml.getAttributeValue(i));
                } else if (name.charAt(DECLARATION.length()) == ':') {
                    declare(depth, name.substring(DECLARATION.length() + 1), xml.getAttributeValue(i));
                }
            }
        }
        return declared.size() <= Limits.NAMESPACES;
    }

    private void declare(int depth, String prefix, String uri) {
        declared.add(new Declared(depth, prefix, uri.strip()));
        if (cwmp == null) {
            cwmp = CwmpNamespace.of(uri.strip()).orElse(null);
        }
    }

    void leave(int depth) {
        while (!declared.isEmpty() && declared.getLast().depth() == depth) {
            declared.removeLast();
        }
    }

    /// What the prefix of a name stands for here, "" where an unprefixed name is in no namespace, null where the prefix
    /// is declared nowhere.
    @Nullable
    String uri(String prefix) {
        for (int i = declared.size() - 1; i >= 0; i--) {
            Declared each = declared.get(i);
            if (each.prefix().equals(prefix)) {
                return each.uri();
            }
        }
        return prefix.isEmpty() ? "" : null;
    }

    /// The first namespace of CWMP that was declared anywhere so far.
    Optional<CwmpNamespace> cwmp() {
        return Optional.ofNullable(cwmp);
    }
}
