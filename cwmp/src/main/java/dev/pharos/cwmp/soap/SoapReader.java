// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;

/// Reads envelopes of CWMP 1.0 to 1.4, of both sides, as they come in the field. Names count by what their prefixes
/// stand for, not by the prefixes; arguments by their local names, in any order; all is read once, from the first byte
/// to the last, within [Limits]. Document types and entities are refused.
public final class SoapReader {
    private static final String RESPONSE = "Response";
    private static final XMLInputFactory FACTORY = factory();

    private final ReadingQuirks quirks;

    public SoapReader(ReadingQuirks quirks) {
        this.quirks = quirks;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // prefixes are looked up by XmlNames
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        // else what is broken shows only when its text is asked for
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(XMLInputFactory2.P_INTERN_NAMES, false);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, Limits.ATTRIBUTES);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, Limits.ATTRIBUTE_CHARACTERS);
        return factory;
    }

    /// Reads an envelope in the encoding that it says itself, or UTF-8.
    public Envelope read(byte[] bytes) throws MalformedSoapException {
        return read(bytes, Optional.empty());
    }

    /// Reads an envelope that is there as a whole.
    ///
    /// @param declared the charset of the Content-Type; without one the envelope says it itself, or it is UTF-8
    public Envelope read(byte[] bytes, Optional<Charset> declared) throws MalformedSoapException {
        Optional<Charset> charset = quirks.charset().or(() -> declared);
        try {
            return parse(new ByteArrayInputStream(bytes), charset);
        } catch (MalformedSoapException asItIs) {
            if (!quirks.illegalCharacters() || bytes.length > Limits.REPAIRED_BYTES) {
                throw asItIs;
            }
            return repaired(bytes, charset, asItIs);
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory failed", impossible);
        }
    }

    /// Reads an envelope to the end of the stream, of which it takes no more than [Limits#ENVELOPE_BYTES]: give it what
    /// is decompressed already.
    ///
    /// @param declared the charset of the Content-Type; without one the envelope says it itself, or it is UTF-8
    /// @throws IOException where the stream itself fails
    public Envelope read(InputStream stream, Optional<Charset> declared) throws MalformedSoapException, IOException {
        Optional<Charset> charset = quirks.charset().or(() -> declared);
        if (!quirks.illegalCharacters()) {
            return parse(stream, charset);
        }
        byte[] bytes = stream.readNBytes(Limits.REPAIRED_BYTES + 1);
        if (bytes.length > Limits.REPAIRED_BYTES) {
            return parse(new SequenceInputStream(new ByteArrayInputStream(bytes), stream), charset);
        }
        return read(bytes, declared);
    }

    private Envelope repaired(byte[] bytes, Optional<Charset> charset, MalformedSoapException asItIs)
            throws MalformedSoapException {
        String text = DeclaredCharset.text(bytes, charset);
        String repaired = CharacterRepair.repair(text);
        if (repaired.equals(text)) {
            throw asItIs;
        }
        try {
            return envelope(begin(new StringReader(repaired)));
        } catch (MalformedSoapException stillBroken) {
            throw asItIs;
        }
    }

    private Envelope parse(InputStream stream, Optional<Charset> charset) throws MalformedSoapException, IOException {
        BoundedStream bounded = new BoundedStream(stream);
        try {
            return envelope(begin(DeclaredCharset.characters(bounded, charset)));
        } catch (MalformedSoapException malformed) {
            refuseWhatIsFull(bounded);
            bounded.rethrow();
            throw malformed;
        }
    }

    /// The XML reader at its beginning, which it looks at already.
    static XMLStreamReader begin(Reader characters) throws MalformedSoapException {
        XMLStreamReader xml;
        try {
            xml = FACTORY.createXMLStreamReader(characters);
        } catch (XMLStreamException broken) {
            throw new MalformedSoapException(1, 1, "not XML: " + SoapCursor.reason(broken), Optional.empty());
        } catch (RuntimeException brokenReader) {
            // a reader may answer malformed input with exceptions of its own making
            throw new MalformedSoapException(1, 1, "not readable as XML", Optional.empty());
        }
        if (xml.getVersion() != null && !xml.getVersion().equals("1.0")) {
            throw new MalformedSoapException(1, 1, "not XML 1.0", Optional.empty());
        }
        return xml;
    }

    private static void refuseWhatIsFull(BoundedStream bounded) throws MalformedSoapException {
        if (bounded.isFull()) {
            throw new MalformedSoapException(
                    0, 0, "an envelope of more than " + Limits.ENVELOPE_BYTES + " bytes", Optional.empty());
        }
    }

    private Envelope envelope(XMLStreamReader xml) throws MalformedSoapException {
        SoapCursor in = new SoapCursor(xml, quirks);
        in.root();
        String namespace = in.namespace();
        if (!in.name().equals("Envelope") || (namespace != null && !namespace.equals(XmlNames.ENVELOPE))) {
            throw in.wrong("<" + SoapCursor.shown(in.name()) + "> is no envelope of SOAP 1.1");
        }
        SoapHeader header = SoapHeader.EMPTY;
        Message message = null;
        while (in.nextChild()) {
            switch (in.name()) {
                case "Header" -> header = HeaderCodec.read(in);
                case "Body" -> {
                    if (message != null) {
                        throw in.wrong("a second Body");
                    }
                    message = message(in);
                }
                default -> in.skip();
            }
        }
        if (message == null) {
            throw in.wrong("an envelope without Body");
        }
        in.finish();
        in.close();
        return new Envelope(message.namespace(), header, message.body());
    }

    private record Message(CwmpNamespace namespace, Body body) {}

    private static Message message(SoapCursor in) throws MalformedSoapException {
        if (!in.nextChild()) {
            throw in.wrong("a Body with nothing in it");
        }
        String name = in.name();
        boolean isFault = name.equals("Fault");
        String uri = in.namespace();
        Optional<CwmpNamespace> own = CwmpNamespace.of(uri == null ? "" : uri).or(in::cwmp);
        if (own.isEmpty() && !isFault) {
            throw in.wrong("<" + SoapCursor.shown(name) + "> is none of CWMP's messages");
        }
        Body body = isFault ? FaultCodec.read(in) : method(in, name);
        if (in.nextChild()) {
            throw in.wrong("a second message in one Body");
        }
        // a fault of SOAP alone need not name CWMP, and a fault of CWMP may do so only within
        return new Message(own.or(in::cwmp).orElse(new CwmpNamespace(0)), body);
    }

    private static Body method(SoapCursor in, String name) throws MalformedSoapException {
        return name.endsWith(RESPONSE)
                ? ResponseReader.read(in, name.substring(0, name.length() - RESPONSE.length()))
                : RequestReader.read(in);
    }
}
