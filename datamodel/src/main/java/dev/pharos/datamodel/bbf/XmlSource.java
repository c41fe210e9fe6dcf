// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import dev.pharos.datamodel.Limits;
import dev.pharos.datamodel.format.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads a data-model file as a stream into elements, without those parts that say nothing about the model.
/// Nothing comes from outside the stream, and all of it is bounded: files come from users. Entities that the
/// file itself defines are allowed, since TR-106's own file of types uses a few for its patterns.
final class XmlSource {
    /// Texts for people about people, and profiles, which only count what the model has.
    private static final Set<String> SKIPPED = Set.of("profile", "template", "bibliography", "reference", "glossary");
    /// Whose text means something.
    private static final Set<String> TEXTS = Set.of("description");

    /// TR-106 needs about ten.
    private static final String ENTITIES = "200";
    private static final String ENTITY_CHARACTERS = "20000";

    private static final Pattern ELSEWHERE = Pattern.compile("\\b(?:SYSTEM|PUBLIC)\\b");

    private final String file;
    private final Deque<XmlElement> open = new ArrayDeque<>();
    private @Nullable XmlElement root;
    private int skipped;

    private XmlSource(String file) {
        this.file = file;
    }

    static XmlElement read(InputStream stream, String file) throws IOException, ModelFormatException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty("jdk.xml.entityExpansionLimit", ENTITIES);
        factory.setProperty("jdk.xml.totalEntitySizeLimit", ENTITY_CHARACTERS);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        BoundedStream bounded = new BoundedStream(stream, Limits.XML_FILE_BYTES);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(bounded);
            try {
                return new XmlSource(file).read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException wrong) {
            bounded.rethrow();
            int line = wrong.getLocation() == null ? 0 : wrong.getLocation().getLineNumber();
            throw new ModelFormatException(file, Math.max(line, 0), "not well-formed XML: " + firstLine(wrong));
        } catch (RuntimeException brokenReader) {
            // the JDK's reader answers some malformed input with exceptions of its own making
            bounded.rethrow();
            throw new ModelFormatException(file, 0, "not readable as XML: " + brokenReader);
        }
    }

    private static String firstLine(XMLStreamException wrong) {
        String message = String.valueOf(wrong.getMessage());
        int text = message.indexOf("Message: ");
        String detail = text < 0 ? message : message.substring(text + "Message: ".length());
        return detail.lines().findFirst().orElse("");
    }

    private XmlElement read(XMLStreamReader reader) throws XMLStreamException, ModelFormatException {
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(reader);
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(reader);
                case XMLStreamConstants.DTD -> documentType(reader);
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new ModelFormatException(file, line(reader), "entities from elsewhere are not allowed");
                default -> {}
            }
        }
        if (root == null) {
            throw new ModelFormatException(file, 1, "no element");
        }
        return root;
    }

    /// The reader would leave out without a word what comes from elsewhere.
    private void documentType(XMLStreamReader reader) throws ModelFormatException {
        if (ELSEWHERE.matcher(String.valueOf(reader.getText())).find()) {
            throw new ModelFormatException(file, line(reader), "entities from elsewhere are not allowed");
        }
    }

    private static int line(XMLStreamReader reader) {
        return reader.getLocation().getLineNumber();
    }

    private void start(XMLStreamReader reader) throws ModelFormatException {
        if (open.size() + skipped >= Limits.XML_DEPTH) {
            throw new ModelFormatException(file, line(reader), "nested deeper than " + Limits.XML_DEPTH);
        }
        String name = reader.getLocalName();
        if (skipped > 0 || SKIPPED.contains(name)) {
            skipped++;
            return;
        }
        XmlElement element = new XmlElement(file, line(reader), name);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeNamespace(i) == null
                    || reader.getAttributeNamespace(i).isEmpty()) {
                element.attributes.put(reader.getAttributeLocalName(i).intern(), value(reader, i));
            }
        }
        if (open.isEmpty()) {
            root = element;
        } else {
            open.getLast().children.add(element);
        }
        open.addLast(element);
    }

    /// Names have no blanks around them, though some files do.
    private static String value(XMLStreamReader reader, int index) {
        String value = reader.getAttributeValue(index);
        return reader.getAttributeLocalName(index).equals("value") ? value : value.strip();
    }

    private void end() {
        if (skipped > 0) {
            skipped--;
        } else {
            open.removeLast();
        }
    }

    private void text(XMLStreamReader reader) throws ModelFormatException {
        if (skipped == 0 && !open.isEmpty() && TEXTS.contains(open.getLast().name)) {
            StringBuilder text = open.getLast().text;
            if (text.length() + reader.getTextLength() > Limits.XML_TEXT_CHARACTERS) {
                throw new ModelFormatException(
                        file, line(reader), "a text of more than " + Limits.XML_TEXT_CHARACTERS + " characters");
            }
            text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
    }
}
