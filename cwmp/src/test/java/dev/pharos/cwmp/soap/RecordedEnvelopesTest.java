// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.Request;
import dev.pharos.cwmp.rpc.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads what other devices and ACSs really sent. The recordings are no part of this repository; without them these
/// tests are skipped.
class RecordedEnvelopesTest {
    private static final Path VECTORS = Path.of(System.getProperty("pharos.vectors", "../../shared/vectors"))
            .resolve("cwmp");
    /// One peer sends faults whose prefix it declares nowhere.
    private static final List<String> NOT_WELL_FORMED =
            List.of("a043-cpe-Fault.xml", "a045-cpe-Fault.xml", "a049-cpe-Fault.xml");

    private final SoapReader reader = new SoapReader(ReadingQuirks.FIELD);

    @BeforeEach
    void recordings_are_there() {
        Assumptions.assumeTrue(
                Files.isDirectory(VECTORS), "no recordings at " + VECTORS + "; name their folder in pharos.vectors");
    }

    @Test
    void every_envelope_is_the_message_that_its_recorder_called_it() throws IOException, MalformedSoapException {
        List<Path> files = envelopes();
        assertThat(files).hasSizeGreaterThan(100);
        for (Path file : files) {
            Envelope envelope = reader.read(Files.readAllBytes(file));
            String recorded = name(file).replace(".xml", "").split("-")[2];
            assertThat(element(envelope.body())).as(name(file)).isEqualTo(recorded);
            assertThat(envelope.header().id()).as(name(file)).isPresent();
            assertThat(envelope.namespace()).isEqualTo(new CwmpNamespace(0));
        }
    }

    private static String element(Body body) {
        return switch (body) {
            case Request<?> request -> request.method();
            case Response response -> response.method() + "Response";
            case CwmpFault _ -> "Fault";
        };
    }

    @Test
    void every_envelope_means_the_same_when_written_again() throws IOException, MalformedSoapException {
        SoapWriter writer = new SoapWriter(WritingQuirks.NONE);
        for (Path file : envelopes()) {
            Envelope envelope = reader.read(Files.readAllBytes(file));
            assertThat(new SoapReader(ReadingQuirks.NONE).read(writer.write(envelope)))
                    .as(name(file))
                    .isEqualTo(envelope);
        }
    }

    @Test
    void no_parameter_is_lost_whatever_the_arrays_say_to_hold() throws IOException, MalformedSoapException {
        int seen = 0;
        for (Path file : envelopes()) {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            int names = (text.length() - text.replace("<Name>", "").length()) / "<Name>".length();
            switch (reader.read(Files.readAllBytes(file)).body()) {
                case Inform inform -> assertThat(inform.parameterList()).hasSize(names);
                case GetParameterValuesResponse values ->
                    assertThat(values.parameterList()).hasSize(names);
                case GetParameterNamesResponse found ->
                    assertThat(found.parameterList()).hasSize(names);
                default -> names = 0;
            }
            seen += names;
        }
        assertThat(seen).isGreaterThan(400);
    }

    @Test
    void the_reasons_of_informs_are_those_that_happened() throws IOException, MalformedSoapException {
        assertThat(reasons("a003-cpe-Inform-1-boot.xml")).containsExactly(StandardEvent.BOOT);
        assertThat(reasons("a071-cpe-Inform-7-transfer-complete+m-download.xml"))
                .containsExactlyInAnyOrder(StandardEvent.TRANSFER_COMPLETE, MethodEvent.DOWNLOAD);
        assertThat(reasons("a089-cpe-Inform-1-boot+m-reboot.xml"))
                .containsExactlyInAnyOrder(StandardEvent.BOOT, MethodEvent.REBOOT);
        assertThat(reasons("b025-cpe-Inform-6-connection-request.xml"))
                .containsExactly(StandardEvent.CONNECTION_REQUEST);
    }

    private List<Object> reasons(String file) throws IOException, MalformedSoapException {
        Inform inform =
                (Inform) reader.read(Files.readAllBytes(VECTORS.resolve(file))).body();
        return List.copyOf(
                inform.events().stream().map(each -> each.eventCode()).toList());
    }

    @Test
    void without_forgiveness_only_the_undeclared_prefixes_are_refused_and_the_place_is_said() throws IOException {
        SoapReader strict = new SoapReader(ReadingQuirks.NONE);
        for (Path file : envelopes()) {
            byte[] bytes = Files.readAllBytes(file);
            if (NOT_WELL_FORMED.contains(name(file))) {
                assertThatThrownBy(() -> strict.read(bytes))
                        .isInstanceOf(MalformedSoapException.class)
                        .hasMessageMatching("line 2, column \\d+: the prefix of <soap:Fault> is declared nowhere");
            } else {
                try {
                    assertThat(strict.read(bytes).body()).isNotNull();
                } catch (MalformedSoapException refused) {
                    throw new AssertionError(name(file) + ": " + refused.detail());
                }
            }
        }
    }

    @Test
    void faults_carry_their_codes() throws IOException, MalformedSoapException {
        assertThat(fault("a043-cpe-Fault.xml")).isEqualTo(StandardFaultCode.NON_WRITABLE_PARAMETER);
        assertThat(fault("b017-cpe-Fault.xml")).isEqualTo(StandardFaultCode.METHOD_NOT_SUPPORTED);
    }

    private Object fault(String file) throws IOException, MalformedSoapException {
        CwmpFault fault = (CwmpFault)
                reader.read(Files.readAllBytes(VECTORS.resolve(file))).body();
        return fault.fault().faultCode();
    }

    @Test
    void what_is_no_xml_is_refused() throws IOException {
        byte[] hello = Files.readAllBytes(VECTORS.resolve("c025-cpe-not-xml.body"));
        assertThatThrownBy(() -> reader.read(hello)).isInstanceOf(MalformedSoapException.class);
    }

    private static List<Path> envelopes() throws IOException {
        try (Stream<Path> files = Files.list(VECTORS)) {
            return files.filter(file -> name(file).endsWith(".xml")).sorted().toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
