// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse.CommandFailure;
import dev.pharos.usp.message.OperateResponse.OperationOutcome;
import dev.pharos.usp.message.OperateResponse.OutputArgs;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Challenges: what an untrusted controller can do to become more, and how little it can try.
final class ChallengeTest {
    private static final String TRUST = "Device.LocalAgent.ControllerTrust.";
    private static final String READ_ONLY = TRUST + "Role.3";
    private static final String RIGHT = base64("seven dwarfs");

    private final Stage stage = Stage.open(Stage.config(List.of(
            ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
            ControllerConfig.of(Stage.OTHER, ControllerRole.UNTRUSTED),
            ControllerConfig.of(Stage.STRANGER, ControllerRole.UNTRUSTED))));
    private final LockstepController other = stage.controller(1);
    private final LockstepController third = stage.controller(2);
    private String challenge = "";

    @BeforeEach
    void makeChallenge() {
        challenge = challenge("Look around", RIGHT);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String challenge(String description, String value) {
        return stage.add(
                TRUST + "Challenge.",
                Map.of(
                        "Enable",
                        "true",
                        "Description",
                        description,
                        "Role",
                        READ_ONLY,
                        "Value",
                        value,
                        "Instruction",
                        base64("What stands on the label?"),
                        "Retries",
                        "3",
                        "LockoutPeriod",
                        "60"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static OperationOutcome run(LockstepController by, String command, Map<String, String> inputs) {
        return by.ask(new OperateRequest(TRUST + command, "", true, inputs))
                .operationResults()
                .getFirst()
                .outcome();
    }

    private OperationOutcome request(LockstepController by) {
        return run(by, "RequestChallenge()", Map.of("ChallengeRef", challenge));
    }

    private String id(LockstepController by) {
        String id = ((OutputArgs) request(by)).outputArgs().get("ChallengeID");
        assertThat(id).isNotNull();
        return id == null ? "" : id;
    }

    private static OperationOutcome respond(LockstepController by, String id, String value) {
        return run(by, "ChallengeResponse()", Map.of("ChallengeID", id, "Value", value));
    }

    private static ErrorCode code(OperationOutcome outcome) {
        return ((CommandFailure) outcome).fault().errCode();
    }

    private String roles(int controller) {
        return stage.value("Device.LocalAgent.Controller." + controller + ".AssignedRole");
    }

    @Test
    @Requirement("R-SEC.7")
    void the_right_answer_takes_a_controller_out_of_the_untrusted_role() {
        OutputArgs asked = (OutputArgs) request(other);
        assertThat(asked.outputArgs())
                .containsEntry("Instruction", base64("What stands on the label?"))
                .containsEntry("InstructionType", "text/plain")
                .containsEntry("ValueType", "text/plain");

        assertThat(respond(other, asked.outputArgs().getOrDefault("ChallengeID", ""), RIGHT))
                .isInstanceOf(OutputArgs.class);

        assertThat(roles(2)).isEqualTo(READ_ONLY);
        assertThat(other.ask(new GetRequest(List.of("Device.Home.Name"), 0))
                        .requestedPathResults()
                        .getFirst()
                        .fault())
                .isEmpty();
        assertThat(respond(other, asked.outputArgs().getOrDefault("ChallengeID", ""), RIGHT))
                .isInstanceOf(CommandFailure.class);
    }

    @Test
    void the_role_is_added_to_one_that_is_more_than_untrusted() {
        String guest = stage.add(TRUST + "Role.", Map.of("Name", "guest", "Enable", "true"));
        stage.add(
                guest + "Permission.",
                Map.of("Enable", "true", "Order", "1", "Targets", TRUST, "Param", "r---", "CommandEvent", "r-x-"));
        stage.controller()
                .ask(new SetRequest(
                        false,
                        List.of(new UpdateObject(
                                "Device.LocalAgent.Controller.2.", Stage.settings(Map.of("AssignedRole", guest))))));

        respond(other, id(other), RIGHT);

        assertThat(roles(2)).isEqualTo(guest.substring(0, guest.length() - 1) + "," + READ_ONLY);
    }

    @Test
    void an_untrusted_controller_sees_of_a_challenge_only_what_it_is() {
        var results = other.ask(new GetRequest(List.of(TRUST + "Challenge."), 0))
                .requestedPathResults()
                .getFirst()
                .resolvedPathResults();

        assertThat(results.getFirst().resultParams().keySet()).containsExactlyInAnyOrder("Alias", "Description");
        assertThat(other.ask(new GetRequest(List.of(TRUST), 0))
                        .requestedPathResults()
                        .getFirst()
                        .fault())
                .isPresent();
    }

    @Test
    @Requirement({"R-SEC.16", "R-SEC.17"})
    void wrong_answers_of_all_controllers_together_lock_the_challenge_for_a_while() {
        String mine = id(other);
        assertThat(code(respond(other, mine, base64("one")))).isEqualTo(StandardErrorCode.COMMAND_FAILURE);
        assertThat(code(respond(third, id(third), base64("two")))).isEqualTo(StandardErrorCode.COMMAND_FAILURE);
        assertThat(code(respond(other, mine, base64("three")))).isEqualTo(StandardErrorCode.COMMAND_FAILURE);

        assertThat(code(respond(other, mine, RIGHT))).isEqualTo(StandardErrorCode.REQUEST_DENIED);
        assertThat(code(request(third))).isEqualTo(StandardErrorCode.REQUEST_DENIED);
        assertThat(roles(2)).isEqualTo(TRUST + "Role.4");

        stage.timer().advance(Duration.ofMinutes(1));
        assertThat(code(respond(other, mine, base64("four")))).isEqualTo(StandardErrorCode.COMMAND_FAILURE);
        assertThat(respond(other, mine, RIGHT)).isInstanceOf(OutputArgs.class);
    }

    @Test
    void a_right_answer_begins_the_count_anew() {
        respond(other, id(other), base64("one"));
        respond(other, id(other), base64("two"));
        assertThat(respond(third, id(third), RIGHT)).isInstanceOf(OutputArgs.class);
        respond(other, id(other), base64("one"));
        respond(other, id(other), base64("two"));

        assertThat(respond(other, id(other), RIGHT)).isInstanceOf(OutputArgs.class);
    }

    @Test
    void an_answer_counts_for_its_own_question_its_own_controller_and_its_time() {
        String mine = id(other);
        assertThat(code(respond(third, mine, RIGHT))).isEqualTo(StandardErrorCode.INVALID_ARGUMENTS);
        assertThat(code(respond(other, "unknown", RIGHT))).isEqualTo(StandardErrorCode.INVALID_ARGUMENTS);

        String again = id(other);
        assertThat(again).isNotEqualTo(mine);
        assertThat(code(respond(other, mine, RIGHT))).isEqualTo(StandardErrorCode.INVALID_ARGUMENTS);

        stage.timer().advance(Duration.ofMinutes(15));
        assertThat(code(respond(other, again, RIGHT))).isEqualTo(StandardErrorCode.INVALID_ARGUMENTS);
    }

    @Test
    void there_is_one_challenge_at_a_time_for_a_controller() {
        String first = challenge;
        request(other);
        challenge = challenge("Another", RIGHT);

        assertThat(code(request(other))).isEqualTo(StandardErrorCode.REQUEST_DENIED);
        assertThat(request(third)).isInstanceOf(OutputArgs.class);

        stage.controller().ask(new DeleteRequest(false, List.of(first)));
        assertThat(request(other)).isInstanceOf(OutputArgs.class);
    }

    @Test
    void what_is_no_challenge_cannot_be_asked_for() {
        for (String wrong : List.of(TRUST + "Challenge.9.", "Device.Home.", "", READ_ONLY)) {
            assertThat(code(run(other, "RequestChallenge()", Map.of("ChallengeRef", wrong))))
                    .as(wrong)
                    .isIn(StandardErrorCode.INVALID_VALUE, StandardErrorCode.INVALID_COMMAND_ARGUMENTS);
        }
        challenge = challenge("No answer", "");
        assertThat(code(respond(other, id(other), ""))).isEqualTo(StandardErrorCode.COMMAND_FAILURE);
    }
}
