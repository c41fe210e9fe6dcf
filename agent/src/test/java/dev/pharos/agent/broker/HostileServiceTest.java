// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.fixture.BrokerStage;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.RequestedObjectResult;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Services that lie, hang, flood, and answer what they were not asked.
class HostileServiceTest {
    private final BrokerStage stage = new BrokerStage(Duration.ofMillis(1500));
    private final LockstepController service = stage.scripted(BrokerStage.SECOND);

    @AfterEach
    void close() {
        stage.close();
    }

    private GetResponse.RequestedPathResult get(String path) {
        return stage.controller()
                .ask(new GetRequest(List.of(path), 0))
                .requestedPathResults()
                .getFirst();
    }

    private static SupportedObject object(String path, ParameterValueType type) {
        return new SupportedObject(
                path,
                ObjectAccess.READ_ONLY,
                path.endsWith("{i}."),
                List.of(),
                List.of(),
                List.of(new SupportedParameter("Name", ParameterAccess.READ_ONLY, type, ValueChangeType.ALLOWED)),
                List.of(),
                List.of());
    }

    /// Registers, and answers with this model and these values until all is loaded.
    private void serve(String path, List<SupportedObject> model, List<GetResponse.ResolvedPathResult> values) {
        service.ask(new RegisterRequest(false, List.of(path)));
        UspMessage question = service.nextAnswer();
        assertThat(question.body()).isInstanceOf(GetSupportedDmRequest.class);
        service.send(
                question.id(),
                new GetSupportedDmResponse(List.of(new RequestedObjectResult(path, Optional.empty(), "urn:x", model))));
        answerGet(values);
        UspMessage clearing = service.nextAnswer();
        service.send(clearing.id(), new UspError(new Fault(StandardErrorCode.MESSAGE_NOT_SUPPORTED, "no")));
    }

    private void answerGet(List<GetResponse.ResolvedPathResult> values) {
        UspMessage question = service.nextAnswer();
        GetRequest asked = (GetRequest) question.body();
        service.send(
                question.id(),
                new GetResponse(asked.paramPaths().stream()
                        .map(one -> new GetResponse.RequestedPathResult(one, Optional.empty(), values))
                        .toList()));
    }

    private void isServed() {
        assertThat(get("Device.LocalAgent.EndpointID").fault()).isEmpty();
    }

    @Test
    void a_service_that_hangs_holds_up_one_request_for_its_time_and_later_ones_not_at_all() {
        service.ask(new RegisterRequest(false, List.of("Device.X_Slow.")));
        stage.home();
        await().until(() -> get("Device.Home.Serial").fault().isEmpty());
        GetResponse both = stage.controller()
                .ask(new GetRequest(List.of("Device.Home.Serial", "Device.X_Slow.Name", "Device.LocalAgent."), 0));
        assertThat(both.requestedPathResults().get(0).fault()).isEmpty();
        assertThat(both.requestedPathResults().get(2).fault()).isEmpty();
        assertThat(both.requestedPathResults().get(1).fault().map(Fault::errCode))
                .contains(StandardErrorCode.INTERNAL_ERROR);
        isServed();
    }

    @Test
    void a_service_that_stops_answering_is_named_and_soon_not_waited_for() {
        serve("Device.X_Slow.", List.of(object("Device.X_Slow.", ParameterValueType.STRING)), List.of());
        assertThat(get("Device.X_Slow.Name").fault().map(Fault::errMsg).orElse(""))
                .contains("proto::second-service has not answered within 1500 ms");
        assertThat(get("Device.X_Slow.Name").fault().map(Fault::errMsg).orElse(""))
                .contains("has not answered in time lately");
        isServed();
    }

    @Test
    void objects_that_a_service_has_not_registered_are_not_believed() {
        serve(
                "Device.X_Liar.",
                List.of(
                        object("Device.X_Liar.", ParameterValueType.STRING),
                        object("Device.LocalAgent.", ParameterValueType.STRING),
                        object("Device.X_Other.", ParameterValueType.STRING),
                        object("Device.X_Liar.Table.{i}.Orphan.{i}.", ParameterValueType.STRING)),
                List.of(
                        new GetResponse.ResolvedPathResult("Device.X_Liar.", Map.of("Name", "x", "Unknown", "y")),
                        new GetResponse.ResolvedPathResult("Device.LocalAgent.", Map.of("EndpointID", "stolen"))));
        assertThat(stage.controller()
                        .ask(new GetSupportedDmRequest(List.of("Device."), false, false, false, true, false))
                        .requestedObjectResults()
                        .getFirst()
                        .supportedObjects())
                .extracting(SupportedObject::supportedObjPath)
                .contains("Device.X_Liar.")
                .doesNotContain("Device.X_Other.", "Device.X_Liar.Table.{i}.Orphan.{i}.");
        assertThat(get("Device.LocalAgent.EndpointID")
                        .resolvedPathResults()
                        .getFirst()
                        .resultParams())
                .containsEntry("EndpointID", "proto::agent");
    }

    @Test
    void an_answer_with_other_paths_and_types_is_taken_as_far_as_its_model_goes() {
        serve(
                "Device.X_Liar.",
                List.of(
                        object("Device.X_Liar.", ParameterValueType.UNSIGNED_INT),
                        object("Device.X_Liar.Row.{i}.", ParameterValueType.STRING)),
                List.of(
                        new GetResponse.ResolvedPathResult("Device.X_Liar.", Map.of("Name", "no number")),
                        new GetResponse.ResolvedPathResult("Device.X_Liar.Row.0.", Map.of("Name", "zero")),
                        new GetResponse.ResolvedPathResult(
                                "Device.X_Liar.Row.99999999999999999999.", Map.of("Name", "large")),
                        new GetResponse.ResolvedPathResult("Device.X_Liar.Row.4.", Map.of("Name", "four")),
                        new GetResponse.ResolvedPathResult("Device.Elsewhere.", Map.of("Name", "x")),
                        new GetResponse.ResolvedPathResult("no path at all", Map.of())));
        LockstepController controller = stage.controller();
        controller.send(new MessageId("liar"), new GetRequest(List.of("Device.X_Liar.Row."), 0));
        answerGet(List.of(new GetResponse.ResolvedPathResult("Device.X_Liar.Row.4.", Map.of("Name", "four"))));
        GetResponse answer = (GetResponse) controller.nextAnswer().body();
        assertThat(answer.requestedPathResults().getFirst().resolvedPathResults())
                .containsExactly(new GetResponse.ResolvedPathResult("Device.X_Liar.Row.4.", Map.of("Name", "four")));
    }

    @Test
    void an_answer_of_another_kind_is_an_error_for_who_asked() {
        serve("Device.X_Liar.", List.of(object("Device.X_Liar.", ParameterValueType.STRING)), List.of());
        LockstepController controller = stage.controller();
        controller.send(new MessageId("odd"), new GetRequest(List.of("Device.X_Liar.Name"), 0));
        UspMessage question = service.nextAnswer();
        service.send(question.id(), new GetSupportedDmResponse(List.of()));
        GetResponse answer = (GetResponse) controller.nextAnswer().body();
        assertThat(answer.requestedPathResults()
                        .getFirst()
                        .fault()
                        .map(Fault::errMsg)
                        .orElse(""))
                .contains("something else than was asked");
    }

    @Test
    void notifications_that_nobody_asked_for_or_of_foreign_paths_change_nothing() {
        serve("Device.X_Liar.", List.of(object("Device.X_Liar.", ParameterValueType.STRING)), List.of());
        for (String id : List.of("broker-ValueChange", "whatever")) {
            service.send(
                    new MessageId("n-" + id),
                    new NotifyRequest(
                            id, true, new Notification.ValueChange("Device.LocalAgent.EndpointID", "stolen")));
            assertThat(service.nextAnswer().id()).isEqualTo(new MessageId("n-" + id));
        }
        service.send(
                new MessageId("e"),
                new NotifyRequest(
                        "broker-Event", true, new Notification.Event("Device.", "Boot!", Map.of("Cause", "lie"))));
        service.nextAnswer();
        assertThat(get("Device.LocalAgent.EndpointID")
                        .resolvedPathResults()
                        .getFirst()
                        .resultParams())
                .containsEntry("EndpointID", "proto::agent");
    }

    @Test
    void a_flood_of_notifications_is_taken_piece_by_piece_and_others_are_served() {
        serve("Device.X_Liar.", List.of(object("Device.X_Liar.", ParameterValueType.STRING)), List.of());
        for (int i = 0; i < 1500; i++) {
            service.send(
                    new MessageId("f" + i),
                    new NotifyRequest(
                            "broker-ValueChange", false, new Notification.ValueChange("Device.X_Liar.Name", "v" + i)));
        }
        isServed();
        LockstepController controller = stage.controller();
        controller.send(new MessageId("after"), new GetRequest(List.of("Device.X_Liar.Name"), 0));
        answerGet(List.of(new GetResponse.ResolvedPathResult("Device.X_Liar.", Map.of("Name", "calm"))));
        GetResponse answer = (GetResponse) controller.nextAnswer().body();
        assertThat(answer.requestedPathResults().getFirst().fault()).isEmpty();
    }

    @Test
    void bytes_that_are_no_record_end_the_connection_and_free_the_paths() {
        serve("Device.X_Liar.", List.of(object("Device.X_Liar.", ParameterValueType.STRING)), List.of());
        service.sendBytes(Bytes.ofUtf8("garbage"));
        await().until(() -> get("Device.X_Liar.Name")
                .fault()
                .map(Fault::errCode)
                .filter(StandardErrorCode.INVALID_PATH::equals)
                .isPresent());
    }
}
