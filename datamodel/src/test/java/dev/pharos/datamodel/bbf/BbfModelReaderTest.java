// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.ParameterDefinition.ValueChangeNotification;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.UniqueKey;
import dev.pharos.datamodel.format.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BbfModelReaderTest {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <dm:document xmlns:dm="urn:broadband-forum-org:cwmp:datamodel-1-14" spec="urn:example:house-1-0" file="house.xml">
            """;

    private static final String WHOLE = HEAD + """
              <description>A house.</description>
              <dataType name="Colour">
                <string><size maxLength="16"/><enumeration value="Red"/><enumeration value="Blue"/>
                  <enumeration value="Grey" status="deleted"/></string>
              </dataType>
              <dataType name="WarmColour" base="Colour"><string><enumeration value="Red"/></string></dataType>
              <dataType name="Pair"><list minItems="2" maxItems="2"><size maxLength="9"/></list><unsignedInt/></dataType>
              <bibliography><reference id="X"><name>X</name></reference></bibliography>
              <model name="House:1.0">
                <object name="Device." access="readOnly" minEntries="1" maxEntries="1">
                  <description>The '''house''' with {{param|Name}} of {{bibref|RFC1|Section 2}}.

                    Second   paragraph {{empty}}.</description>
                  <parameter name="Name" access="readWrite"><syntax><string><size minLength="1" maxLength="8"/>
                    </string><default type="object" value="home"/></syntax></parameter>
                  <parameter name="Paint" access="readOnly"><syntax><dataType ref="Colour"/></syntax></parameter>
                  <parameter name="Roof" access="readOnly"><syntax><dataType ref="WarmColour"/></syntax></parameter>
                  <parameter name="Size" access="readOnly" activeNotify="canDeny"><syntax><dataType ref="Pair"/></syntax></parameter>
                  <parameter name="Code" access="writeOnceReadOnly"><syntax secured="true"><string>
                    <pattern value=""/><pattern value="[0-9]{4}"/></string></syntax></parameter>
                  <parameter name="Heat" access="readWrite"><syntax><int><range minInclusive="-5" maxInclusive="5"/>
                    <range minInclusive="10"/><units value="degrees"/></int></syntax></parameter>
                  <parameter name="Gone" access="readOnly" status="deleted"/>
                  <command name="Clean()" async="true">
                    <description>Cleans.</description>
                    <input><parameter name="When" mandatory="true"><syntax><dateTime/></syntax></parameter>
                      <object name="Room.{i}." minEntries="1" maxEntries="5">
                        <parameter name="Floor"><syntax><unsignedInt/></syntax></parameter></object></input>
                    <output><parameter name="Dust"><syntax><decimal/></syntax></parameter></output>
                  </command>
                  <event name="Bell!"><parameter name="Who"><syntax><string/></syntax></parameter></event>
                </object>
                <object name="Device.Room.{i}." access="readWrite" minEntries="0" maxEntries="unbounded">
                  <uniqueKey functional="false"><parameter ref="Alias"/></uniqueKey>
                  <uniqueKey><parameter ref="Floor"/><parameter ref="Door"/></uniqueKey>
                  <parameter name="Alias" access="readWrite"><syntax><string/></syntax></parameter>
                  <parameter name="Floor" access="readWrite"><syntax><unsignedInt/></syntax></parameter>
                  <parameter name="Door" access="readWrite"><syntax><unsignedInt/></syntax></parameter>
                  <parameter name="Next" access="readWrite"><syntax><list><size maxLength="256"/></list><string>
                    <pathRef refType="strong" targetParent=".Room. #.Window. ##.Attic." targetType="row"/></string></syntax></parameter>
                  <parameter name="Any" access="readWrite"><syntax><string><pathRef refType="weak"/></string></syntax></parameter>
                </object>
                <object name="Device.Room.{i}.Window.{i}." access="createOnly" minEntries="0" maxEntries="unbounded"/>
                <object name="Device.Attic.{i}." access="readOnly" minEntries="0" maxEntries="1"/>
                <profile name="Base:1"><object ref="Device." requirement="present"/></profile>
              </model>
            </dm:document>
            """;

    @TempDir
    private Path folder;

    private SupportedDataModel read(String text) throws IOException, ModelFormatException {
        return BbfModelReader.read(Files.writeString(folder.resolve("house.xml"), text));
    }

    @Test
    void a_flattened_file_is_read_whole() throws Exception {
        SupportedDataModel model = read(WHOLE);
        assertThat(model.uri()).isEqualTo("urn:example:house-1-0");
        assertThat(model.objects())
                .extracting(ObjectDefinition::path)
                .containsExactly("Device.", "Device.Room.{i}.", "Device.Room.{i}.Window.{i}.", "Device.Attic.{i}.");
        ObjectDefinition device = model.object("Device.").orElseThrow();
        assertThat(device.description())
                .isEqualTo("The house with Name of [RFC1 Section 2].\nSecond paragraph an empty string.");
        assertThat(device.parameters()).extracting(ParameterDefinition::name).doesNotContain("Gone");
        ParameterDefinition name = device.parameter("Name").orElseThrow();
        assertThat(name.defaultValue()).contains("home");
        assertThat(name.type().facets().length().orElseThrow()).hasToString("1..8");
        assertThat(device.parameter("Paint").orElseThrow().type().facets().enumeration())
                .containsExactly("Red", "Blue");
        assertThat(device.parameter("Paint").orElseThrow().type().dataTypeName())
                .isEqualTo("Colour");
        assertThat(device.parameter("Heat").orElseThrow().type().facets().ranges())
                .hasSize(2);
        assertThat(device.parameter("Heat").orElseThrow().type().facets().unit())
                .isEqualTo("degrees");
        ParameterDefinition size = device.parameter("Size").orElseThrow();
        assertThat(size.type().list()).isTrue();
        assertThat(size.type().base()).isEqualTo(PrimitiveType.UNSIGNED_INT);
        assertThat(size.type().facets().listLength().orElseThrow()).hasToString("..9");
        assertThat(size.notification()).isEqualTo(ValueChangeNotification.IGNORED);
        ParameterDefinition code = device.parameter("Code").orElseThrow();
        assertThat(code.access()).isEqualTo(ParameterAccess.WRITE_ONCE);
        assertThat(code.secured()).isTrue();
        assertThat(code.type().facets().patterns()).hasSize(2);
    }

    @Test
    void a_derived_type_narrows_what_its_base_allows() throws Exception {
        ParameterDefinition roof = read(WHOLE).parameter("Device.Roof").orElseThrow();
        assertThat(roof.type().facets().enumeration()).containsExactly("Red");
        assertThat(roof.type().facets().length().orElseThrow()).hasToString("..16");
    }

    @Test
    void commands_events_keys_and_references_are_read() throws Exception {
        SupportedDataModel model = read(WHOLE);
        ObjectDefinition device = model.object("Device.").orElseThrow();
        CommandDefinition clean = device.command("Clean()").orElseThrow();
        assertThat(clean.asynchronous()).isTrue();
        assertThat(clean.inputs()).extracting("name").containsExactly("When", "Room.{i}.Floor");
        assertThat(clean.inputs().getFirst().mandatory()).isTrue();
        assertThat(clean.outputs()).extracting("name").containsExactly("Dust");
        assertThat(device.event("Bell!").orElseThrow().arguments())
                .extracting("name")
                .containsExactly("Who");
        ObjectDefinition room = model.object("Device.Room.{i}.").orElseThrow();
        assertThat(room.access()).isEqualTo(ObjectDefinition.ObjectAccess.ADD_DELETE);
        assertThat(room.uniqueKeys())
                .containsExactly(new UniqueKey(List.of("Alias"), false), new UniqueKey(List.of("Floor", "Door"), true));
        assertThat(room.parameter("Next")
                        .orElseThrow()
                        .reference()
                        .orElseThrow()
                        .targets())
                .containsExactly("Device.Room.{i}.", "Device.Room.{i}.Window.{i}.", "Device.Attic.{i}.");
        assertThat(room.parameter("Any").orElseThrow().reference().orElseThrow().strong())
                .isFalse();
    }

    @Test
    void parts_are_taken_from_files_in_the_same_folder() throws Exception {
        Files.writeString(folder.resolve("tr-1-2-3-parts.xml"), """
                <?xml version="1.0"?>
                <!DOCTYPE x [ <!ENTITY dot "[.]"> ]>
                <dm:document xmlns:dm="urn:broadband-forum-org:cwmp:datamodel-1-14" spec="urn:example:tr-1-2-3-parts">
                  <dataType name="Dotted"><string><pattern value="[0-9]&dot;[0-9]"/></string></dataType>
                  <component name="Lamp"><parameter name="Watt" access="readOnly"><syntax><unsignedInt/></syntax></parameter></component>
                  <component name="Garden">
                    <object name="Garden." access="readOnly"><component ref="Lamp"/></object></component>
                  <component name="Trouble"><parameter name="Why"><syntax><string/></syntax></parameter></component>
                  <model name="Base:1"><object name="Device." access="readOnly">
                    <parameter name="Version" access="readOnly"><description>Old.</description>
                      <syntax><dataType ref="Dotted"/></syntax></parameter>
                    <parameter name="Old" access="readOnly"><syntax><string/></syntax></parameter></object></model>
                </dm:document>
                """);
        Files.writeString(folder.resolve("tr-1-2-1-parts.xml"), "outdated, and never opened");
        SupportedDataModel model = read(HEAD + """
                <import file="tr-1-parts.xml" spec="urn:example:tr-1-2-parts">
                  <component name="Green" ref="Garden"/><component name="Trouble"/><model name="_Base:1" ref="Base:1"/></import>
                <model name="House:1.1" base="_Base:1">
                  <component ref="Green" path="Device."/>
                  <object base="Device.">
                    <parameter base="Version"><description action="append">New.</description></parameter>
                    <parameter base="Old" status="deleted"/>
                    <event name="Fire!"><component ref="Trouble"/></event>
                    <command name="Call()"><output><component ref="Trouble"/></output></command></object>
                </model></dm:document>
                """);
        assertThat(model.objects()).extracting(ObjectDefinition::path).containsExactly("Device.", "Device.Garden.");
        ParameterDefinition version = model.parameter("Device.Version").orElseThrow();
        assertThat(version.description()).isEqualTo("Old.\nNew.");
        assertThat(version.type().facets().patterns().getFirst().pattern()).isEqualTo("[0-9][.][0-9]");
        assertThat(model.parameter("Device.Old")).isEmpty();
        assertThat(model.parameter("Device.Garden.Watt")).isPresent();
        assertThat(model.object("Device.")
                        .orElseThrow()
                        .event("Fire!")
                        .orElseThrow()
                        .arguments())
                .hasSize(1);
    }

    @Test
    void the_model_of_a_service_is_put_where_a_device_has_it() throws Exception {
        SupportedDataModel model = read(HEAD + """
                <model name="Voice:1.0" isService="true">
                  <object name="Voice.{i}." access="readOnly"/>
                  <object name="Voice.{i}.Line.{i}." access="readWrite">
                    <parameter name="Codec" access="readWrite"><syntax><string>
                      <pathRef refType="weak" targetParent=".Codec." targetType="row"/></string></syntax></parameter></object>
                </model></dm:document>
                """);
        assertThat(model.objects())
                .extracting(ObjectDefinition::path)
                .containsExactly(
                        "Device.",
                        "Device.Services.",
                        "Device.Services.Voice.{i}.",
                        "Device.Services.Voice.{i}.Line.{i}.");
        assertThat(model.parameter("Device.Services.Voice.{i}.Line.{i}.Codec")
                        .orElseThrow()
                        .reference()
                        .orElseThrow()
                        .targets())
                .containsExactly("Device.Services.Voice.{i}.Codec.{i}.");
    }

    private void assertWrong(String text, int line, String words) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(ModelFormatException.class, e -> {
            assertThat(e).hasMessageContaining(words);
            assertThat(e.line()).isEqualTo(line);
        });
    }

    @Test
    void what_is_no_such_file_is_told_with_the_line() {
        assertWrong("{\"not\": \"xml\"}", 1, "not well-formed XML");
        assertWrong("<html>\n</html>", 1, "not <document>");
        assertWrong(HEAD + "<model name='A'>", 3, "not well-formed XML");
        assertWrong(HEAD + "</dm:document>", 2, "defines no model");
        assertWrong(HEAD + "<model name='A'/></dm:document>", 3, "no objects");
        assertWrong(
                HEAD + "<model name='A'>\n<object name='Device.A.'/></model></dm:document>", 3, "no parent Device.");
        assertWrong(HEAD + "<model name='A'>\n<object name='De vice.'/></model></dm:document>", 4, "De vice.");
        assertWrong(HEAD + "<model name='A'>\n<component ref='B'/></model></dm:document>", 4, "component B");
        assertWrong(
                HEAD + "<import file='b.xml'><component name='B'/></import>\n"
                        + "<model name='A'><component ref='B'/></model></dm:document>",
                3,
                "needs the file b.xml");
        assertWrong(
                HEAD + "<import file='../b.xml'><component name='B'/></import>"
                        + "<model name='A'><component ref='B'/></model></dm:document>",
                3,
                "not the name of a file beside this one");
        assertWrong(
                HEAD + "<model name='A'><object name='Device.'>\n<parameter name='P'><syntax><colour/></syntax>"
                        + "</parameter></object></model></dm:document>",
                4,
                "has no type");
    }

    @Test
    void circles_and_depths_end_with_a_message() throws Exception {
        assertWrong(
                HEAD + "<component name='A'><component ref='A'/></component>"
                        + "<model name='M'><component ref='A'/></model></dm:document>",
                3,
                "circle");
        assertWrong(HEAD + "<model name='M' base='M'/></dm:document>", 3, "circle");
        assertWrong(HEAD + "<a>".repeat(100), 3, "deeper");
        Files.writeString(
                folder.resolve("a.xml"), "<document><import file='house.xml'><dataType name='T'/></import></document>");
        assertWrong(
                HEAD + "<import file='a.xml'><dataType name='T'/></import><model name='M'><object name='Device.'>"
                        + "<parameter name='P'><syntax><dataType ref='T'/></syntax></parameter></object></model></dm:document>",
                3,
                "circle");
    }

    @Test
    void entities_neither_explode_nor_reach_outside() throws Exception {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE d [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY a")
                    .append(i)
                    .append(" \"&a")
                    .append(i - 1)
                    .append(";&a")
                    .append(i - 1)
                    .append(";\">");
        }
        String explosion = laughs + "]><document><description>&a29;</description></document>";
        assertThatThrownBy(() -> read(explosion)).isInstanceOf(ModelFormatException.class);
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        String outside = "<!DOCTYPE d [<!ENTITY s SYSTEM \"" + secret.toUri()
                + "\">]><document spec='x'><model name='M'><object name='Device.'><description>&s;</description>"
                + "</object></model></document>";
        assertThatThrownBy(() -> read(outside))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageNotContaining("secret:");
        String external = "<!DOCTYPE d SYSTEM \"" + secret.toUri() + "\"><document/>";
        assertThatThrownBy(() -> read(external)).isInstanceOf(ModelFormatException.class);
    }
}
