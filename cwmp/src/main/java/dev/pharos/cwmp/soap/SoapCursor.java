// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MalformedSoapException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Goes through the elements of an envelope once, from the first to the last, within the bounds. It stands at the
/// beginning of an element; whoever has it reads the element's text, goes through its children, or skips it, and by
/// that
/// leaves it.
final class SoapCursor {
    private final XMLStreamReader xml;
    private final ReadingQuirks quirks;
    private final XmlNames names = new XmlNames();
    private int depth;
    private int elements;
    private String name = "";
    private String prefix = "";
    private Optional<String> id = Optional.empty();

    SoapCursor(XMLStreamReader xml, ReadingQuirks quirks) {
        this.xml = xml;
        this.quirks = quirks;
    }

    /// The local name of the element.
    String name() {
        return name;
    }

    /// What the element's prefix stands for, null where it is declared nowhere.
    @Nullable
    String namespace() {
        return names.uri(prefix);
    }

    Optional<CwmpNamespace> cwmp() {
        return names.cwmp();
    }

    Set<String> emptyWords() {
        return quirks.emptyWords();
    }

    /// The ID that failures are to carry from here on.
    void remember(Optional<String> headerId) {
        id = headerId;
    }

    /// Goes to the document's element.
    void root() throws MalformedSoapException {
        int event = advance();
        while (event != XMLStreamConstants.START_ELEMENT) {
            event = advance();
        }
    }

    /// Reads what is left after the document's element: nothing, or comments.
    void finish() throws MalformedSoapException {
        int event = advance();
        while (event != XMLStreamConstants.END_DOCUMENT) {
            event = advance();
        }
    }

    /// Gives the names that were read to the readers after this one. Who read something malformed does not, since what
    /// is
    /// kept for all is then of nobody's choosing.
    void close() throws MalformedSoapException {
        try {
            xml.close();
        } catch (XMLStreamException broken) {
            throw at(broken.getLocation(), reason(broken));
        }
    }

    /// Goes to the next child of the element, or leaves it where there is none.
    boolean nextChild() throws MalformedSoapException {
        while (true) {
            int event = advance();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                return false;
            }
        }
    }

    /// Leaves the element, whatever is in it.
    void skip() throws MalformedSoapException {
        int outside = depth - 1;
        while (depth > outside) {
            advance();
        }
    }

    /// The text of the element, to the letter.
    String text() throws MalformedSoapException {
        String first = "";
        StringBuilder whole = null;
        while (true) {
            switch (advance()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    int before = whole == null ? first.length() : whole.length();
                    if (before + xml.getTextLength() > Limits.TEXT_CHARACTERS) {
                        throw wrong("a text of more than " + Limits.TEXT_CHARACTERS + " characters");
                    }
                    if (before == 0) {
                        first = xml.getText();
                    } else {
                        whole = whole == null ? new StringBuilder(first) : whole;
                        whole.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                    }
                }
                case XMLStreamConstants.START_ELEMENT -> throw wrong("<" + shown(name) + "> where text belongs");
                case XMLStreamConstants.END_ELEMENT -> {
                    return whole == null ? first : whole.toString();
                }
                default -> {}
            }
        }
    }

    /// The value of the element's attribute of this local name, without blanks around it, or "".
    String attribute(String localName) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (localName.equals(localOf(xml.getAttributeLocalName(i)))) {
                return xml.getAttributeValue(i).strip();
            }
        }
        return "";
    }

    static String localOf(String qualified) {
        return qualified.substring(qualified.indexOf(':') + 1);
    }

    /// A failure at this place.
    MalformedSoapException wrong(String detail) {
        return at(xml.getLocation(), detail);
    }

    /// @param said where the reader itself says, null where it stands
    private MalformedSoapException at(@Nullable Location said, String detail) {
        Location place = said == null ? xml.getLocation() : said;
        return new MalformedSoapException(
                Math.max(place.getLineNumber(), 0), Math.max(place.getColumnNumber(), 0), detail, id);
    }

    /// A peer's words as they may stand in a sentence.
    static String shown(String words) {
        String bounded =
                words.length() > Limits.SHOWN_CHARACTERS ? words.substring(0, Limits.SHOWN_CHARACTERS) + "…" : words;
        return bounded.replaceAll("\\p{Cntrl}", "�");
    }

    private int advance() throws MalformedSoapException {
        int event = next();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> enter();
            case XMLStreamConstants.END_ELEMENT -> {
                names.leave(depth);
                depth--;
            }
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> bound(xml.getPITarget());
            case XMLStreamConstants.DTD -> throw wrong("a document type, which SOAP forbids");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw wrong("an entity, which SOAP forbids");
            default -> {}
        }
        return event;
    }

    private void bound(String given) throws MalformedSoapException {
        if (given.length() > Limits.NAME_CHARACTERS) {
            throw wrong("a name of more than " + Limits.NAME_CHARACTERS + " characters");
        }
    }

    private int next() throws MalformedSoapException {
        try {
            return xml.next();
        } catch (XMLStreamException broken) {
            throw at(broken.getLocation(), "not well-formed XML: " + reason(broken));
        } catch (RuntimeException brokenReader) {
            // a reader may answer malformed input with exceptions of its own making
            throw new MalformedSoapException(0, 0, "not readable as XML", id);
        }
    }

    static String reason(XMLStreamException broken) {
        if (broken.getCause() instanceof CharacterCodingException) {
            return "bytes that are no characters";
        }
        return shown(String.valueOf(broken.getMessage()).lines().findFirst().orElse(""));
    }

    private void enter() throws MalformedSoapException {
        depth++;
        elements++;
        if (depth > Limits.DEPTH) {
            throw wrong("elements nested deeper than " + Limits.DEPTH);
        }
        if (elements > Limits.ELEMENTS) {
            throw wrong("more than " + Limits.ELEMENTS + " elements");
        }
        if (xml.getAttributeCount() > 0 && !names.enter(xml, depth)) {
            throw wrong("more than " + Limits.NAMESPACES + " namespaces");
        }
        String qualified = xml.getLocalName();
        bound(qualified);
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            bound(xml.getAttributeLocalName(i));
        }
        // one ACS calls its fault soap-env:Body:Fault
        int colon = qualified.lastIndexOf(':');
        if (colon < 0) {
            name = qualified;
            prefix = "";
            return;
        }
        name = qualified.substring(colon + 1);
        prefix = qualified.substring(0, colon);
        if (!quirks.undeclaredPrefixes() && namespace() == null) {
            throw wrong("the prefix of <" + shown(qualified) + "> is declared nowhere");
        }
    }
}
