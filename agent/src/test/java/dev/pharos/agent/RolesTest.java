// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse.CommandFailure;
import dev.pharos.usp.message.OperateResponse.OutputArgs;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.UspError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Roles as a controller with full rights makes, changes and assigns them, and as others feel them.
final class RolesTest {
    private static final String TRUST = "Device.LocalAgent.ControllerTrust.";
    private static final String NOBODY = "----";
    private static final String OTHERS_ROW = "Device.LocalAgent.Controller.2.";

    private final Stage stage = Stage.open(Stage.config(List.of(
            ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
            ControllerConfig.of(Stage.OTHER, ControllerRole.UNTRUSTED))));
    private final LockstepController admin = stage.controller();
    private final LockstepController other = stage.controller(1);
    private String role = "";

    @BeforeEach
    void makeRole() {
        role = role("support");
        assign(role);
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen", "Size", "20", "Pin", "1234"));
        stage.add("Device.Home.Room.", Map.of("Name", "bath", "Size", "5"));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String role(String name) {
        return stage.add(TRUST + "Role.", Map.of("Name", name, "Enable", "true"));
    }

    private String permit(
            String of, int order, String targets, String param, String obj, String rows, String commands) {
        return stage.add(
                of + "Permission.",
                Map.of(
                        "Enable", "true",
                        "Order", Integer.toString(order),
                        "Targets", targets,
                        "Param", param,
                        "Obj", obj,
                        "InstantiatedObj", rows,
                        "CommandEvent", commands));
    }

    private String read(String of, int order, String targets) {
        return permit(of, order, targets, "r---", "r---", "r---", "r---");
    }

    private Body set(String object, String parameter, String value) {
        return admin.answer(new SetRequest(
                false, List.of(new UpdateObject(object, Stage.settings(Map.of(parameter, value))))));
    }

    private void assign(String roles) {
        assertThat(set(OTHERS_ROW, "AssignedRole", roles)).isNotInstanceOf(UspError.class);
    }

    private GetResponse.RequestedPathResult get(String path) {
        return other.ask(new GetRequest(List.of(path), 0))
                .requestedPathResults()
                .getFirst();
    }

    /// What the other controller reads at a parameter; empty where there is nothing for it.
    private Optional<String> value(String path) {
        return get(path).resolvedPathResults().stream()
                .flatMap(result -> result.resultParams().values().stream())
                .findFirst();
    }

    private List<String> objects(String path) {
        return get(path).resolvedPathResults().stream()
                .map(GetResponse.ResolvedPathResult::resolvedPath)
                .toList();
    }

    private static ErrorCode code(Body body) {
        return ((UspError) body).fault().errCode();
    }

    @Test
    @Requirement("R-SEC.1a")
    void roles_and_who_has_which_are_shown() {
        assertThat(stage.get(TRUST))
                .containsEntry("UntrustedRole", TRUST + "Role.4")
                .containsEntry("BannedRole", TRUST + "Role.5")
                .containsEntry("SecuredRoles", TRUST + "Role.2");
        assertThat(stage.value(TRUST + "Role.1.Name")).isEqualTo("Full Access");
        assertThat(stage.value(TRUST + "Role.4.Name")).isEqualTo("Untrusted");
        assertThat(stage.get("Device.LocalAgent.Controller.1."))
                .containsEntry("AssignedRole", TRUST + "Role.1")
                .containsEntry("InheritedRole", "");
        assertThat(stage.value(OTHERS_ROW + "AssignedRole")).isEqualTo(role.substring(0, role.length() - 1));
    }

    @Test
    @Requirement({"R-SEC.1", "R-GET.1", "R-GSP.0", "R-GIN.0"})
    void a_role_shows_its_targets_and_nothing_else() {
        assertThat(value("Device.Home.Room.1.Name")).isEmpty();

        read(role, 1, "Device.Home.Room.");

        assertThat(value("Device.Home.Room.1.Name")).contains("kitchen");
        assertThat(objects("Device.Home.Room."))
                .containsExactly(
                        "Device.Home.Room.1.",
                        "Device.Home.Room.1.Stats.",
                        "Device.Home.Room.2.",
                        "Device.Home.Room.2.Stats.");
        assertThat(get("Device.Home.").fault().map(Fault::errCode)).contains(StandardErrorCode.INVALID_PATH);
        assertThat(value("Device.Home.Name")).isEmpty();
        assertThat(other.ask(new GetInstancesRequest(List.of("Device.Home.Room."), true))
                        .requestedPathResults()
                        .getFirst()
                        .currentInstances())
                .hasSize(2);
        assertThat(other.ask(new GetSupportedDmRequest(
                                List.of("Device.Home.Room.{i}."), false, true, true, true, false))
                        .requestedObjectResults()
                        .getFirst()
                        .supportedObjects())
                .extracting(SupportedObject::supportedObjPath)
                .contains("Device.Home.Room.{i}.", "Device.Home.Room.{i}.Stats.");
        assertThat(other.ask(new GetSupportedDmRequest(List.of("Device.Home."), false, true, true, true, false))
                        .requestedObjectResults()
                        .getFirst()
                        .fault())
                .isPresent();
        assertThat(code(other.answer(new SetRequest(
                        false, List.of(new UpdateObject("Device.Home.Room.1.", Stage.settings(Map.of("Size", "1"))))))))
                .isEqualTo(StandardErrorCode.INVALID_ARGUMENTS);
        assertThat(stage.value("Device.Home.Room.1.Size")).isEqualTo("20");
    }

    @Test
    void within_a_role_the_highest_order_decides() {
        read(role, 1, "Device.Home.");
        String exception = permit(role, 7, "Device.Home.Room.", NOBODY, NOBODY, NOBODY, NOBODY);

        assertThat(value("Device.Home.Name")).contains("home");
        assertThat(objects("Device.Home.")).doesNotContain("Device.Home.Room.1.");

        set(exception, "Order", "0");

        assertThat(objects("Device.Home.")).contains("Device.Home.Room.1.");
    }

    @Test
    void what_lies_beneath_something_hidden_may_be_seen() {
        read(role, 1, "Device.Home.");
        permit(role, 2, "Device.Home.Inside.", NOBODY, NOBODY, NOBODY, NOBODY);
        read(role, 3, "Device.Home.Inside.Deep.");

        assertThat(objects("Device.Home.")).contains("Device.Home.Inside.Deep.").doesNotContain("Device.Home.Inside.");
    }

    @Test
    void the_rights_of_several_roles_add_up() {
        // The example of TR-369: r-xn and ---- make r-xn.
        permit(role, 3, "Device.Home", "r---", NOBODY, NOBODY, NOBODY);
        permit(role, 55, "Device.Home.Room", "r--n", "r---", NOBODY, NOBODY);
        String second = role("second");
        permit(second, 20, "Device.Home", "r---", NOBODY, NOBODY, NOBODY);
        permit(second, 78, "Device.Home.Room", NOBODY, NOBODY, "r---", NOBODY);
        assign(role + "," + second);

        assertThat(value("Device.Home.Room.1.Name")).contains("kitchen");
        assertThat(other.ask(new GetInstancesRequest(List.of("Device.Home.Room."), true))
                        .requestedPathResults()
                        .getFirst()
                        .currentInstances())
                .hasSize(2);
    }

    @Test
    void what_is_not_enabled_gives_nothing() {
        String permission = read(role, 1, "Device.Home.");
        assertThat(value("Device.Home.Name")).contains("home");

        set(permission, "Enable", "false");
        assertThat(value("Device.Home.Name")).isEmpty();

        set(permission, "Enable", "true");
        set(role, "Enable", "false");
        assertThat(value("Device.Home.Name")).isEmpty();
    }

    @Test
    void a_controller_without_any_role_has_the_untrusted_one() {
        permit(TRUST + "Role.4.", 11, "Device.Home.Name", "r---", NOBODY, NOBODY, NOBODY);
        permit(TRUST + "Role.4.", 12, "Device.Home.", NOBODY, "r---", NOBODY, NOBODY);
        set(TRUST + "Role.4.Permission.4.", "Order", "19");
        assertThat(value("Device.Home.Name")).isEmpty();

        assign("");

        assertThat(value("Device.Home.Name")).contains("home");
        assertThat(value("Device.Home.Level")).isEmpty();
    }

    @Test
    void targets_may_be_rows_wildcards_and_searches() {
        read(role, 1, "Device.Home.Room.1.");
        assertThat(objects("Device.Home.Room.*.")).containsExactly("Device.Home.Room.1.", "Device.Home.Room.1.Stats.");

        set(role + "Permission.1.", "Targets", "Device.Home.Room.*.Stats.,Device.Home.Room.*.Name");
        assertThat(objects("Device.Home.Room.*.Stats.")).hasSize(2);

        set(role + "Permission.1.", "Targets", "Device.Home.Room.[Size>10].");
        assertThat(objects("Device.Home.Room.*."))
                .contains("Device.Home.Room.1.")
                .doesNotContain("Device.Home.Room.2.");
        set("Device.Home.Room.2.", "Size", "30");
        assertThat(objects("Device.Home.Room.*.")).contains("Device.Home.Room.2.");
    }

    @Test
    @Requirement("R-SEC.1")
    void a_command_needs_its_own_right_and_no_other() {
        permit(role, 1, "Device.Home.Quiet()", NOBODY, NOBODY, NOBODY, "--x-");

        assertThat(other.ask(new OperateRequest("Device.Home.Quiet()", "", true, Map.of()))
                        .operationResults()
                        .getFirst()
                        .outcome())
                .isInstanceOf(OutputArgs.class);
        var hidden = other.ask(new OperateRequest("Device.Home.Fail()", "", true, Map.of()))
                .operationResults()
                .getFirst()
                .outcome();
        assertThat(((CommandFailure) hidden).fault().errCode()).isEqualTo(StandardErrorCode.INVALID_PATH);
    }

    @Test
    void secrets_are_shown_to_secured_roles_as_far_as_these_reach() {
        read(role, 1, "Device.Home.");
        assertThat(value("Device.Home.Room.1.Pin")).contains("");
        assertThat(objects("Device.Home.Room.[Pin==\"1234\"].")).isEmpty();

        String secrets = role("secrets");
        permit(secrets, 1, "Device.Home.Room.*.Pin", "r---", NOBODY, NOBODY, NOBODY);
        assign(role + "," + secrets);
        assertThat(value("Device.Home.Room.1.Pin")).contains("");

        set(TRUST, "SecuredRoles", secrets);
        set("Device.Home.", "Secret", "hush");

        assertThat(value("Device.Home.Room.1.Pin")).contains("1234");
        assertThat(value("Device.Home.Secret")).contains("");
        assertThat(objects("Device.Home.Room.[Pin==\"1234\"].")).contains("Device.Home.Room.1.");
    }

    @Test
    void a_banned_controller_gets_no_answer() {
        assertThat(code(set(OTHERS_ROW, "AssignedRole", TRUST + "Role.5.," + role)))
                .isEqualTo(StandardErrorCode.INVALID_VALUE);
        assign(TRUST + "Role.5");

        other.send(new MessageId("unheard"), new GetSupportedProtocolRequest("1.4"));

        assertThat(other.noAnswer()).isTrue();
    }

    @Test
    void what_makes_no_sense_is_refused() {
        String permission = read(role, 1, "Device.Home.");
        for (Map.Entry<String, String> wrong : Map.of("Param", "rrrr", "Targets", "Device..Home", "Obj", "xxxx")
                .entrySet()) {
            assertThat(set(permission, wrong.getKey(), wrong.getValue()))
                    .as(wrong.toString())
                    .isInstanceOf(UspError.class);
        }
        assertThat(value("Device.Home.Name")).contains("home");
    }

    @Test
    void nobody_takes_the_last_right_to_give_rights_away() {
        String mine = "Device.LocalAgent.Controller.1.";
        read(role, 1, "Device.");

        assertThat(code(set(mine, "AssignedRole", role))).isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);
        assertThat(code(set(mine, "Enable", "false"))).isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);
        assertThat(code(set(TRUST + "Role.1.", "Enable", "false"))).isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);
        assertThat(code(set(TRUST + "Role.1.Permission.1.", "Param", "r---")))
                .isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);
        assertThat(code(admin.answer(new DeleteRequest(false, List.of(TRUST + "Role.1.")))))
                .isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);
        assertThat(code(admin.answer(new DeleteRequest(false, List.of(TRUST + "Role.1.Permission.1.")))))
                .isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);

        assign(TRUST + "Role.1");
        assertThat(set(mine, "AssignedRole", role)).isNotInstanceOf(UspError.class);
    }

    @Test
    void rights_may_be_given_to_change_everything_but_rights() {
        permit(role, 1, "Device.", "rwxn", "rwxn", "rwxn", "rwxn");
        permit(role, 2, TRUST + ",Device.LocalAgent.Controller.*.AssignedRole", "r---", "r---", "r---", NOBODY);

        Body refused = other.answer(new SetRequest(
                false,
                List.of(new UpdateObject(OTHERS_ROW, Stage.settings(Map.of("AssignedRole", TRUST + "Role.1"))))));

        assertThat(((UspError) refused).parameterErrors().getFirst().fault().errCode())
                .isEqualTo(StandardErrorCode.PERMISSION_DENIED);
        assertThat(value(OTHERS_ROW + "Enable")).contains("true");
    }
}
