// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.cwmp;

import com.ctc.wstx.stax.WstxInputFactory;
import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.soap.ReadingQuirks;
import dev.pharos.cwmp.soap.SoapReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// SOAP read into typed messages, by the reader that forgives what is seen in the field, against a scan of the same
/// bytes with the JDK's own XML reader as it comes, which makes nothing of them. Both count the values.
public final class SoapParse implements Benchmark {
    private static final int REPEAT = 20;
    /// So that the small envelope weighs as much as the large one.
    private static final int INFORMS = 100;

    private static final double TARGET = 2.0;

    private static final SoapReader READER = new SoapReader(ReadingQuirks.FIELD);
    private static final XMLInputFactory FACTORY = factory();

    private final byte[] inform = SoapCorpus.inform();
    private final byte[] values = SoapCorpus.values();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        return factory;
    }

    @Override
    public String name() {
        return "soap-parse";
    }

    @Override
    public String definition() {
        return "reading SOAP into messages, Informs of 2 kB and 1000 values of 250 kB, plain and gzip / a StAX scan of the same bytes";
    }

    /// One way to read an envelope.
    interface Side {
        /// How many values it holds.
        int read(InputStream envelope) throws MalformedSoapException, IOException, XMLStreamException;
    }

    @Override
    public Outcome run() throws Exception {
        List<byte[]> packed = List.of(SoapCorpus.gzip(inform), SoapCorpus.gzip(values));
        double perEnvelope = 1000.0 * REPEAT * 2 * (INFORMS + 1);
        return new Rounds(6, 15)
                .compare(
                        () -> timed(SoapParse::ours, packed) / perEnvelope,
                        () -> timed(SoapParse::scan, packed) / perEnvelope,
                        TARGET,
                        true,
                        "µs/envelope");
    }

    private double timed(Side side, List<byte[]> packed) throws Exception {
        long begin = System.nanoTime();
        int seen = 0;
        for (int i = 0; i < REPEAT; i++) {
            for (int j = 0; j < INFORMS; j++) {
                seen += side.read(new ByteArrayInputStream(inform));
                seen += side.read(new GZIPInputStream(new ByteArrayInputStream(packed.getFirst())));
            }
            seen += side.read(new ByteArrayInputStream(values));
            seen += side.read(new GZIPInputStream(new ByteArrayInputStream(packed.getLast())));
        }
        double nanos = System.nanoTime() - begin;
        if (seen != REPEAT * 2 * (INFORMS * 7 + 1000)) {
            throw new IllegalStateException("read " + seen + " values, which is not all");
        }
        return nanos;
    }

    static int ours(InputStream envelope) throws MalformedSoapException, IOException {
        return switch (READER.read(envelope, Optional.empty()).body()) {
            case Inform inform -> counted(inform.parameterList());
            case GetParameterValuesResponse response -> counted(response.parameterList());
            default -> 0;
        };
    }

    private static int counted(List<ParameterValue> values) {
        int counted = 0;
        for (ParameterValue value : values) {
            counted += value.name().isEmpty() || value.value().isEmpty() ? 0 : 1;
        }
        return counted;
    }

    static int scan(InputStream envelope) throws XMLStreamException {
        XMLStreamReader xml = FACTORY.createXMLStreamReader(envelope);
        int values = 0;
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("Value")) {
                values++;
            }
        }
        return values;
    }
}
