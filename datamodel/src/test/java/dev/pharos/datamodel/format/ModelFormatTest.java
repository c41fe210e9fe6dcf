// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFormatTest {
    private static final String EVERYTHING = """
            # a comment
            model urn:example:all

            object Device. readOnly
              desc "The \\"root\\" # not a comment\\nsecond line"
              command Run() async
                desc "Runs."
                in Mode string enum="A B|C\\\\|D" mandatory
                  desc "How."
                in Part.{i}.Size unsignedInt range=1..,..-5
                out Result string
              event Done!
                desc "It is done."
                arg Cause string
            object Device.T.{i}. addDelete key Name key Alias! key A,B
              param Alias writeOnce string type=Alias   # frozen
              param Name readWrite string len=1..32 default="My \\\\ Net"
              param A readOnly decimal range=-1.5..2.5 unit="dB per m"
              param B readWrite string list listLen=..1024 ref=strong:Device.T.{i}.,Device.S.{i}.
              param C readWrite string ref=weak
              param D readWrite string secured len=8..63
              param E readOnly unsignedLong ignore
              param F readOnly string pattern="([0-9A-F]{2}:){5}[0-9A-F]{2}" pattern="\\d+"
            object Device.T.{i}.One. readOnly named A
            object Device.T.{i}.Two.{i}. readOnly mounted B key Id
            object Device.S.{i}. addOnly
            object Device.U.{i}. deleteOnly
            """;

    private static SupportedDataModel read(String text) throws ModelFormatException, IOException {
        return ModelFormat.read(new StringReader(text), "test.dm");
    }

    @Test
    void every_construct_is_read() throws Exception {
        SupportedDataModel model = read(EVERYTHING);
        ObjectDefinition device = model.object("Device.").orElseThrow();
        assertThat(device.description()).isEqualTo("The \"root\" # not a comment\nsecond line");
        CommandDefinition run = device.command("Run()").orElseThrow();
        assertThat(run.asynchronous()).isTrue();
        assertThat(run.inputs().getFirst().mandatory()).isTrue();
        assertThat(run.inputs().getFirst().description()).isEqualTo("How.");
        assertThat(run.inputs().getFirst().type().facets().enumeration()).containsExactly("A B", "C|D");
        assertThat(device.event("Done!").orElseThrow().arguments()).hasSize(1);
        ObjectDefinition table = model.object("Device.T.{i}.").orElseThrow();
        assertThat(table.uniqueKeys()).hasSize(3);
        assertThat(table.uniqueKeys().get(1).functional()).isFalse();
        ParameterDefinition b = table.parameter("B").orElseThrow();
        assertThat(b.reference().orElseThrow().targets()).containsExactly("Device.T.{i}.", "Device.S.{i}.");
        assertThat(b.reference().orElseThrow().strong()).isTrue();
        assertThat(table.parameter("Name").orElseThrow().defaultValue()).contains("My \\ Net");
        assertThat(table.parameter("F").orElseThrow().type().facets().patterns())
                .hasSize(2);
        assertThat(table.parameter("D").orElseThrow().secured()).isTrue();
    }

    @Test
    void what_is_written_reads_back_the_same() throws Exception {
        SupportedDataModel model = read(EVERYTHING);
        StringBuilder text = new StringBuilder();
        ModelFormat.write(model, text);
        SupportedDataModel again = read(text.toString());
        assertThat(again).isEqualTo(model);
        assertThat(again.objects()).containsExactlyElementsOf(model.objects());
    }

    @Test
    void the_gateway_model_is_whole_and_reads_back_the_same() throws Exception {
        SupportedDataModel gateway = GatewayModel.load();
        assertThat(gateway).isSameAs(GatewayModel.load());
        assertThat(gateway.objects()).hasSizeGreaterThanOrEqualTo(131);
        assertThat(gateway.objects().stream()
                        .mapToInt(object -> object.parameters().size())
                        .sum())
                .isGreaterThanOrEqualTo(1_100);
        StringBuilder text = new StringBuilder();
        ModelFormat.write(gateway, text);
        assertThat(read(text.toString())).isEqualTo(gateway);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            object Device. readOnly ~ 1 ~ first line says
            model urn:x|model urn:y ~ 2 ~ second model line
            model urn:x|objet Device. readOnly ~ 2 ~ none of model object
            model urn:x|param A readOnly int ~ 2 ~ before the first object
            model urn:x|object Device. writeOnly ~ 2 ~ none of readOnly addDelete
            model urn:x|object Device readOnly ~ 2 ~ not a supported object path
            model urn:x|object Device. readOnly|object Device.A.B. readOnly ~ 3 ~ nothing defines Device.A.
            model urn:x|object Device. readOnly|object Device. readOnly ~ 3 ~ already defined in line 2
            model urn:x|object Device. readOnly|param A readOnly ~ 3 ~ expected: param
            model urn:x|object Device. readOnly|param A readOnly integer ~ 3 ~ not a type
            model urn:x|object Device. readOnly|param A readOnly int range=a..b ~ 3 ~ not a number
            model urn:x|object Device. readOnly|param A readOnly int range=5..1 ~ 3 ~ empty range
            model urn:x|object Device. readOnly|param A readOnly int colour=red ~ 3 ~ is no property
            model urn:x|object Device. readOnly|param A readOnly string pattern=( ~ 3 ~ not a pattern
            model urn:x|object Device. readOnly|param A readOnly string default="x ~ 3 ~ no end
            model urn:x|object Device. readOnly|param A readOnly string ref=soft: ~ 3 ~ strong: or weak:
            model urn:x|object Device. readOnly|command Go() later ~ 3 ~ sync|async
            model urn:x|object Device. readOnly|command Go sync ~ 2 ~ not a command name
            model urn:x|object Device. readOnly|in A string ~ 3 ~ follow a command
            model urn:x|object Device. readOnly|arg A string ~ 3 ~ follow an event
            """)
    void a_mistake_is_told_with_its_line(String lines, int line, String words) {
        String text = lines.strip().replaceAll("\\|(?=model|obj|param|command|in |arg )", "\n");
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(ModelFormatException.class, e -> {
            assertThat(e.line()).isEqualTo(line);
            assertThat(e).hasMessageContaining(words.strip()).hasMessageStartingWith("test.dm:");
        });
    }

    @Test
    void lines_without_end_are_refused() {
        assertThatThrownBy(() -> read("model urn:" + "x".repeat(70_000)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("characters");
        assertThatThrownBy(() -> read("")).isInstanceOf(ModelFormatException.class);
    }
}
