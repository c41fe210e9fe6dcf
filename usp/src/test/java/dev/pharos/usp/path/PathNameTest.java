// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Limits;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName.LeafKind;
import dev.pharos.usp.path.SearchExpression.Condition;
import dev.pharos.usp.path.SearchExpression.Operator;
import dev.pharos.usp.path.Segment.Follow;
import dev.pharos.usp.path.Segment.Instance;
import dev.pharos.usp.path.Segment.Name;
import dev.pharos.usp.path.Segment.Placeholder;
import dev.pharos.usp.path.Segment.Search;
import dev.pharos.usp.path.Segment.Wildcard;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("R-ARC.7")
class PathNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Device.",
                "Device.DeviceInfo.",
                "Device.DeviceInfo.SerialNumber",
                "Device.X_EXAMPLE-COM_Box.Mode",
                "Device.WiFi.Radio.1.",
                "Device.WiFi.Radio.4294967295.Stats.BytesSent",
                "Device.WiFi.Radio.*.Stats.",
                "Device.Reboot()",
                "Device.SelfTest.1.Run()",
                "Device.Boot!",
                "Device.LocalAgent.Periodic!",
                "Device.WiFi.Radio.{i}.",
                "Device.WiFi.Radio.{i}.Name",
                "Device.WiFi.AccessPoint.{i}.AssociatedDevice.{i}.Stats.",
                "Device.A.1.Ref+.Name",
                "Device.A.1.Ref#2+.Name",
                "Device.A.1.Ref#*+.Sub.",
                "Device.A.[Name==\"x\"].",
                "Device.A.[Name==\"x\"&&Number!=-3].Sub.[Enable==true].Leaf",
                "Device.A.[Sub.Count>=10&&Ref+.Name==\"a.b]&&\"].",
                "Device.A.[List~=\"one\"].Run()"
            })
    void a_path_is_written_as_it_was_read(String text) {
        assertThat(PathName.require(text)).hasToString(text);
    }

    @Test
    void the_steps_of_a_path_are_what_they_say() {
        assertThat(PathName.require("Device.A.5.Ref#*+.B.*.C.{i}.D"))
                .isEqualTo(new PathName(
                        List.of(
                                new Name("Device"),
                                new Name("A"),
                                new Instance(5),
                                new Follow("Ref", Follow.EVERY_ITEM),
                                new Name("B"),
                                new Wildcard(),
                                new Name("C"),
                                new Placeholder()),
                        LeafKind.PARAMETER,
                        "D"));
        assertThat(PathName.require("Device.A.1.Ref+.B").segments()).contains(new Follow("Ref", 1));
        assertThat(PathName.require("Device.Run()").leafKind()).isEqualTo(LeafKind.COMMAND);
        assertThat(PathName.require("Device.Done!").leafKind()).isEqualTo(LeafKind.EVENT);
        assertThat(PathName.require("Device.WiFi").leafKind()).isEqualTo(LeafKind.PARAMETER);
    }

    @ParameterizedTest
    @EnumSource(Operator.class)
    void every_operator_is_read(Operator operator) {
        assertThat(onlyCondition("[Count" + operator.text() + "7]"))
                .isEqualTo(new Condition(List.of(new Name("Count")), operator, "7", false));
    }

    @Test
    @Requirement({"R-ARC.9a", "R-ARC.9b"})
    void spaces_around_operators_are_read_and_not_written() {
        PathName path = PathName.require("Device.A.[ Name == \"x y\" && Count  <  3 ].");
        assertThat(path).hasToString("Device.A.[Name==\"x y\"&&Count<3].");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "false",
                "0",
                "1",
                "-12",
                "+123",
                "0123",
                "1.5",
                "-0.25",
                "2021-06-06",
                "2021-06-06T08:00:00Z",
                "0001-01-01T00:00:00Z",
                "2021-06-06T08:00:00.123456Z",
                "2021-06-06T08:00:00+02:00"
            })
    void constants_of_other_types_than_text_need_no_quotes(String constant) {
        Condition condition = onlyCondition("[P==" + constant + "]");
        assertThat(condition.constant()).isEqualTo(constant);
        assertThat(condition.quoted()).isFalse();
    }

    @Test
    void quotation_and_percent_marks_are_escaped_and_nothing_else() {
        Condition condition = onlyCondition("[P==\"a%22b%25c%41\"]");
        assertThat(condition.constant()).isEqualTo("a\"b%c%41");
        assertThat(condition.quoted()).isTrue();
        assertThat(onlyCondition("[" + condition + "]")).isEqualTo(condition);
        assertThat(onlyCondition("[P==\"%2522\"]").constant()).isEqualTo("%22");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Device; 7",
                "1.; 1",
                "Device.1.; 8",
                "Device..A; 8",
                "Device.A.0.; 10",
                "Device.A.01.; 10",
                "Device.A.4294967296.; 10",
                "Device.A.1; 11",
                "Device.A.*; 11",
                "Device.A.1.2.; 12",
                "Device.A.*.*.; 12",
                "Device.A.{j}.; 11",
                "Device.A.{}.; 11",
                "Device.A.[].; 11",
                "Device.A.[X=1].; 12",
                "Device.A.[X==].; 14",
                "Device.A.[X==yes].; 14",
                "Device.A.[X==\"a].; 15",
                "Device.A.[X==1&&].; 17",
                "Device.A.[X==1||Y==2].; 15",
                "Device.A.[X==1; 15",
                "Device.A.[*.X==1].; 11",
                "Device.A.[Ref+==1].; 15",
                "Device.A.Ref+; 14",
                "Device.A.Ref#0+.B; 14",
                "Device.A.Ref#+.B; 14",
                "Device.A.Ref#2.B; 15",
                "Device.A.Ref+.1.; 15",
                "Device.Run(; 12",
                "Device.Run().; 13",
                "Device.Done!x; 13",
                "Device.A B; 9",
                "Device.Ä; 8",
                "*.A; 1"
            })
    void what_is_no_path_is_7008_and_the_position_is_named(String text, int position) {
        MalformedInputException refused = refusal(text);
        assertThat(refused.code()).isEqualTo(StandardErrorCode.INVALID_PATH_SYNTAX);
        assertThat(refused.detail()).contains("position " + position + ":").contains(text);
    }

    @Test
    void an_empty_path_and_one_with_a_nul_character_are_refused() {
        assertThat(refusal("").detail()).contains("is empty");
        assertThat(refusal("Device.A\0.B").detail()).contains("position 9");
        assertThatThrownBy(() -> PathName.require(""))
                .isInstanceOfSatisfying(
                        UspException.class,
                        failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.INVALID_PATH_SYNTAX));
    }

    @Test
    void length_depth_and_conditions_are_bounded() {
        assertThat(refusal("Device." + "A".repeat(Limits.MAX_PATH_LENGTH)).detail())
                .contains("at most");
        assertThat(PathName.require("A.".repeat(Limits.MAX_PATH_SEGMENTS)).segments())
                .hasSize(Limits.MAX_PATH_SEGMENTS);
        assertThat(refusal("A.".repeat(Limits.MAX_PATH_SEGMENTS + 1)).detail()).contains("steps");
        assertThat(refusal("Device.A.[" + "X==1&&".repeat(Limits.MAX_CONDITIONS) + "X==1].")
                        .detail())
                .contains("conditions");
        assertThat(refusal("Device.A.[" + "X.".repeat(Limits.MAX_PATH_SEGMENTS) + "X==1].")
                        .detail())
                .contains("steps");
    }

    @Test
    void what_may_stand_for_several_objects_is_a_search_path() {
        assertThat(PathName.require("Device.A.*.").isSearch()).isTrue();
        assertThat(PathName.require("Device.A.[X==1].").isSearch()).isTrue();
        assertThat(PathName.require("Device.A.1.Ref#*+.B").isSearch()).isTrue();
        assertThat(PathName.require("Device.A.1.B").isSearch()).isFalse();
    }

    @Test
    void the_value_of_a_reference_is_an_object_path_without_its_last_dot() throws MalformedInputException {
        assertThat(PathName.parseReference("Device.IP.Interface.3")).hasToString("Device.IP.Interface.3.");
        assertThat(PathName.parseReference("Device.IP.Interface.3.")).hasToString("Device.IP.Interface.3.");
        assertThatThrownBy(() -> PathName.parseReference("")).isInstanceOf(MalformedInputException.class);
    }

    private static Condition onlyCondition(String expression) {
        Segment segment =
                PathName.require("Device.A." + expression + ".").segments().getLast();
        return ((Search) segment).expression().conditions().getFirst();
    }

    private static MalformedInputException refusal(String text) {
        return catchThrowableOfType(MalformedInputException.class, () -> PathName.parse(text));
    }
}
