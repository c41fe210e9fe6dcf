// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.cpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.cpe.Outbox.Contents;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FactoryReset;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.rpc.GetRpcMethodsResponse;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.InformResponse;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.RebootResponse;
import dev.pharos.cwmp.rpc.SoapFaultCode;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferCompleteResponse;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.cwmp.rpc.UnknownRequest;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.cwmp.soap.SoapHeader;
import dev.pharos.cwmp.soap.SoapHeader.Versions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CpeSessionTest {
    private static final EventStruct BOOT = new EventStruct(StandardEvent.BOOT, "");
    private static final InformResponse INFORMED = new InformResponse(1);
    private static final Received NOTHING = new Received.Nothing();
    private static final Report TRANSFER = new Report(
            new TransferComplete("k", new TransferOutcome(FaultStruct.NONE, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)),
            List.of(new EventStruct(StandardEvent.TRANSFER_COMPLETE, ""), new EventStruct(MethodEvent.DOWNLOAD, "k")));
    private static final CwmpFault RETRY = CwmpFault.of(StandardFaultCode.ACS_RETRY_REQUEST, "again");

    private final TestDevice device = new TestDevice();
    private final Outbox outbox = new Outbox(Contents.NOTHING, contents -> {});
    private final CpeSession session = new CpeSession(CwmpVersion.V1_4, device, outbox);

    @BeforeEach
    void a_device_has_started() {
        outbox.add(BOOT);
    }

    private static Received acs(Body body) {
        return acs(SoapHeader.ofId("acs-1"), body);
    }

    private static Received acs(SoapHeader header, Body body) {
        return new Received.Message(new Envelope(new CwmpNamespace(0), header, body));
    }

    private static Envelope envelope(Step step) {
        return ((Step.Post) step).envelope().orElseThrow();
    }

    private static Body body(Step step) {
        return envelope(step).body();
    }

    private static void isTurnOfTheAcs(Step step) {
        assertThat(step).isEqualTo(new Step.Post(Optional.empty()));
    }

    private static Step.End end(Step step) {
        return (Step.End) step;
    }

    @Test
    void an_inform_says_who_comes_why_and_with_which_versions() {
        Envelope inform = envelope(session.begin());
        assertThat(inform.namespace()).isEqualTo(new CwmpNamespace(2));
        assertThat(inform.header().versions().supported()).containsExactly("1.0", "1.1", "1.2", "1.3", "1.4");
        assertThat(inform.header().id()).isPresent();
        assertThat(inform.body())
                .isEqualTo(new Inform(
                        TestDevice.ID,
                        List.of(BOOT),
                        1,
                        device.currentTime(),
                        0,
                        device.informParameters(List.of(BOOT))));
    }

    @Test
    void an_older_device_does_not_speak_of_versions() {
        Envelope inform = envelope(new CpeSession(CwmpVersion.V1_1, device, outbox).begin());
        assertThat(inform.namespace()).isEqualTo(new CwmpNamespace(1));
        assertThat(inform.header().versions()).isEqualTo(Versions.UNSAID);
    }

    @Test
    void a_session_without_requests_is_an_inform_and_an_empty_request() {
        session.begin();
        isTurnOfTheAcs(session.next(acs(INFORMED)));
        assertThat(session.next(NOTHING)).isEqualTo(new Step.End(true, "done"));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void requests_of_the_acs_are_answered_one_by_one_with_their_id_and_in_their_namespace() {
        session.begin();
        session.next(acs(INFORMED));
        Envelope answer =
                envelope(session.next(acs(SoapHeader.ofId("acs-7"), new GetParameterValues(List.of("Device.A")))));
        assertThat(answer.header().id()).contains("acs-7");
        assertThat(answer.namespace()).isEqualTo(new CwmpNamespace(0));
        assertThat(((GetParameterValuesResponse) answer.body())
                        .parameterList()
                        .getFirst()
                        .value())
                .isEqualTo("1");
        CwmpFault fault = (CwmpFault) body(session.next(acs(new GetParameterValues(List.of("Device.B")))));
        assertThat(fault.fault().faultCode()).isEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        assertThat(end(session.next(NOTHING)).informed()).isTrue();
    }

    @Test
    void methods_that_the_device_does_not_have_are_refused_without_asking_it() {
        session.begin();
        session.next(acs(INFORMED));
        for (Body other : List.of(new UnknownRequest("X_Dance"), new FactoryReset(), TRANSFER.request())) {
            CwmpFault fault = (CwmpFault) body(session.next(acs(other)));
            assertThat(fault.fault().faultCode()).isEqualTo(StandardFaultCode.METHOD_NOT_SUPPORTED);
        }
        assertThat(body(session.next(acs(new GetRpcMethods())))).isEqualTo(new GetRpcMethodsResponse(device.methods()));
        assertThat(device.asked).isEmpty();
    }

    @Test
    void what_must_be_understood_and_is_not_is_refused() {
        session.begin();
        session.next(acs(INFORMED));
        SoapHeader header =
                new SoapHeader(Optional.of("1"), false, false, Optional.empty(), Versions.UNSAID, List.of("Must"));
        CwmpFault fault = (CwmpFault) body(session.next(acs(header, new Reboot("k"))));
        assertThat(fault.soapCode()).isEqualTo(SoapFaultCode.MUST_UNDERSTAND);
        assertThat(device.asked).isEmpty();
    }

    @Test
    void a_request_that_cannot_be_read_is_answered_with_a_fault_where_its_id_could() {
        session.begin();
        session.next(acs(INFORMED));
        Envelope answer = envelope(session.next(new Received.Malformed(
                new MalformedSoapException(3, 4, "DelaySeconds is no number", Optional.of("acs-9")))));
        assertThat(answer.header().id()).contains("acs-9");
        assertThat(((CwmpFault) answer.body()).fault().faultCode()).isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        Step.End end = end(
                session.next(new Received.Malformed(new MalformedSoapException(1, 1, "not XML", Optional.empty()))));
        assertThat(end.informed()).isTrue();
        assertThat(end.reason()).contains("not XML");
    }

    @Test
    void reports_follow_the_inform_and_are_settled_by_their_responses() {
        outbox.add(TRANSFER);
        Inform inform = (Inform) body(session.begin());
        assertThat(inform.events()).contains(BOOT).containsAll(TRANSFER.events());
        assertThat(body(session.next(acs(INFORMED)))).isEqualTo(TRANSFER.request());
        assertThat(outbox.isEmpty()).isFalse();
        isTurnOfTheAcs(session.next(acs(new TransferCompleteResponse())));
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void a_report_that_the_acs_does_not_want_is_settled_too() {
        outbox.add(TRANSFER);
        session.begin();
        session.next(acs(INFORMED));
        CwmpFault refused = CwmpFault.of(StandardFaultCode.ACS_INTERNAL_ERROR, "no");
        isTurnOfTheAcs(session.next(acs(refused)));
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(device.answers).containsExactly(Map.entry(TRANSFER.request(), refused));
    }

    @Test
    void a_report_whose_response_never_came_is_made_in_the_next_session() {
        outbox.add(TRANSFER);
        session.begin();
        session.next(acs(INFORMED));
        assertThat(session.broken("reset").informed()).isTrue();
        CpeSession next = new CpeSession(CwmpVersion.V1_4, device, outbox);
        Inform inform = (Inform) body(next.begin());
        assertThat(inform.events()).containsExactlyElementsOf(TRANSFER.events());
        assertThat(inform.retryCount()).isZero();
    }

    @Test
    void reports_wait_while_the_acs_holds_them_and_come_when_it_has_no_more_requests() {
        outbox.add(TRANSFER);
        session.begin();
        SoapHeader hold = SoapHeader.ofId("h").withHoldRequests(true);
        isTurnOfTheAcs(session.next(acs(hold, INFORMED)));
        assertThat(body(session.next(acs(hold, new GetRpcMethods())))).isInstanceOf(GetRpcMethodsResponse.class);
        assertThat(body(session.next(NOTHING))).isEqualTo(TRANSFER.request());
        isTurnOfTheAcs(session.next(acs(new TransferCompleteResponse())));
        assertThat(session.next(NOTHING)).isEqualTo(new Step.End(true, "done"));
    }

    @Test
    void a_report_that_comes_up_during_the_session_is_made_in_it() {
        session.begin();
        session.next(acs(INFORMED));
        outbox.add(TRANSFER);
        assertThat(body(session.next(NOTHING))).isEqualTo(TRANSFER.request());
    }

    @Test
    void an_acs_that_asks_for_the_same_again_gets_it_again_a_few_times() {
        Envelope inform = envelope(session.begin());
        for (int i = 1; i < Limits.SENDINGS; i++) {
            assertThat(envelope(session.next(acs(RETRY)))).isEqualTo(inform);
        }
        assertThat(end(session.next(acs(RETRY))).informed()).isFalse();
        assertThat(outbox.retryCount()).isEqualTo(1);
    }

    @Test
    void a_report_that_is_asked_for_again_is_made_again_a_few_times_and_kept() {
        outbox.add(TRANSFER);
        session.begin();
        Envelope report = envelope(session.next(acs(INFORMED)));
        for (int i = 1; i < Limits.SENDINGS; i++) {
            assertThat(envelope(session.next(acs(RETRY)))).isEqualTo(report);
        }
        assertThat(end(session.next(acs(RETRY))).informed()).isTrue();
        assertThat(outbox.isEmpty()).isFalse();
    }

    @Test
    void an_inform_that_was_not_taken_is_tried_again_with_its_events_and_a_count() {
        for (Received wrong : List.of(
                NOTHING,
                acs(new Reboot("k")),
                acs(new RebootResponse()),
                acs(CwmpFault.of(StandardFaultCode.ACS_VERSION_INCOMPATIBLE, "no")),
                new Received.Malformed(new MalformedSoapException(1, 1, "not XML", Optional.of("x"))))) {
            long before = outbox.retryCount();
            CpeSession each = new CpeSession(CwmpVersion.V1_4, device, outbox);
            Inform inform = (Inform) body(each.begin());
            assertThat(inform.events()).containsExactly(BOOT);
            assertThat(inform.retryCount()).isEqualTo(before);
            Step.End end = end(each.next(wrong));
            assertThat(end.informed()).isFalse();
            assertThat(end.reason()).startsWith("the Inform was answered by ");
            assertThat(outbox.retryCount()).isEqualTo(before + 1);
        }
    }

    @Test
    void a_version_that_was_not_offered_ends_the_session() {
        session.begin();
        SoapHeader header = SoapHeader.ofId("1").withVersions(new Versions(List.of(), Optional.of("2.0")));
        assertThat(end(session.next(acs(header, INFORMED))).informed()).isFalse();
    }

    @Test
    void the_version_that_the_acs_has_chosen_is_used_from_then_on() {
        outbox.add(TRANSFER);
        session.begin();
        SoapHeader header = SoapHeader.ofId("1").withVersions(new Versions(List.of(), Optional.of("1.0")));
        assertThat(envelope(session.next(acs(header, INFORMED))).namespace()).isEqualTo(new CwmpNamespace(0));
    }

    @Test
    void a_response_to_nothing_ends_the_session() {
        session.begin();
        session.next(acs(INFORMED));
        assertThat(end(session.next(acs(new RebootResponse()))).reason())
                .isEqualTo("the ACS has sent the response to Reboot to no request");
    }

    @Test
    void an_acs_that_comes_to_no_end_is_left() {
        session.begin();
        session.next(acs(INFORMED));
        Step step = session.next(acs(new GetRpcMethods()));
        int exchanges = 2;
        while (step instanceof Step.Post) {
            step = session.next(acs(new GetRpcMethods()));
            exchanges++;
        }
        assertThat(exchanges).isEqualTo(Limits.EXCHANGES + 1);
        assertThat(end(step).informed()).isTrue();
    }

    @Test
    void a_session_that_is_not_under_way_has_nothing_to_receive() {
        assertThatThrownBy(() -> session.next(NOTHING)).isInstanceOf(IllegalStateException.class);
        session.begin();
        session.broken("reset");
        assertThatThrownBy(() -> session.next(NOTHING)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.broken("again")).isInstanceOf(IllegalStateException.class);
        assertThat(outbox.retryCount()).isEqualTo(1);
    }
}
