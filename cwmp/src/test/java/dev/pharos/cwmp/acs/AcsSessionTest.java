// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.rpc.GetRpcMethodsResponse;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.InformResponse;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.RebootResponse;
import dev.pharos.cwmp.rpc.SetParameterValues;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcsSessionTest {
    private static final CwmpNamespace ODD = new CwmpNamespace(4);
    private static final Received NOTHING = new Received.Nothing();
    private static final Caller CALLER = new Caller("192.0.2.1:5", false, Optional.empty(), Optional.empty());
    private static final TransferComplete TRANSFER =
            new TransferComplete("k", new TransferOutcome(FaultStruct.NONE, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));

    private final TestDesk desk = new TestDesk();

    static Inform inform(String serial) {
        return new Inform(
                new DeviceId("Acme", "00256d", "Box", serial),
                List.of(new EventStruct(StandardEvent.PERIODIC, "")),
                1,
                CwmpTime.UNKNOWN,
                0,
                List.of());
    }

    private static Envelope envelope(SoapHeader header, Body body) {
        return new Envelope(ODD, header, body);
    }

    private AcsSession.Opened open(SoapHeader header) {
        Inform inform = inform("S1");
        return AcsSession.open(envelope(header, inform), inform, (_, _, _) -> new Reception.Welcome.In(desk), CALLER);
    }

    private AcsSession opened() {
        return open(SoapHeader.ofId("1")).session().orElseThrow();
    }

    private static Received message(Body body) {
        return new Received.Message(envelope(SoapHeader.ofId("d-7"), body));
    }

    private static Envelope sent(AcsStep step) {
        return ((AcsStep.Send) step).envelope();
    }

    private static CwmpFault fault(AcsStep step) {
        return (CwmpFault) sent(step).body();
    }

    @Test
    void an_inform_is_answered_with_its_id_in_its_namespace() {
        Envelope answer = sent(open(SoapHeader.ofId("1")).answer());
        assertThat(answer).isEqualTo(new Envelope(ODD, SoapHeader.ofId("1"), new InformResponse(1)));
    }

    @Test
    void the_newest_version_that_both_have_is_chosen_where_the_device_names_some() {
        Versions said = new Versions(List.of("1.0", "1.3", "9.9"), Optional.empty());
        SoapHeader header =
                sent(open(SoapHeader.EMPTY.withVersions(said)).answer()).header();
        assertThat(header.versions().use()).contains("1.3");
    }

    @Test
    void a_device_with_no_known_version_is_told_so() {
        AcsSession.Opened opened = open(SoapHeader.EMPTY.withVersions(new Versions(List.of("7.0"), Optional.empty())));
        assertThat(fault(opened.answer()).fault().faultCode()).isEqualTo(StandardFaultCode.ACS_VERSION_INCOMPATIBLE);
        assertThat(opened.session()).isEmpty();
    }

    @Test
    void the_reception_hears_which_version_the_device_has() {
        Inform inform = inform("S1");
        CwmpVersion[] heard = new CwmpVersion[1];
        Reception reception = (_, version, _) -> {
            heard[0] = version;
            return new Reception.Welcome.In(desk);
        };
        AcsSession.open(envelope(SoapHeader.EMPTY, inform), inform, reception, CALLER);
        assertThat(heard[0]).isEqualTo(CwmpVersion.V1_2);
    }

    @Test
    void who_is_not_let_in_hears_why_in_answer_to_its_inform() {
        Inform inform = inform("S1");
        CwmpFault no = CwmpFault.of(StandardFaultCode.ACS_REQUEST_DENIED, "not yet");
        AcsSession.Opened opened = AcsSession.open(
                envelope(SoapHeader.ofId("1"), inform), inform, (_, _, _) -> new Reception.Welcome.Away(no), CALLER);
        assertThat(sent(opened.answer()).body()).isEqualTo(no);
        assertThat(opened.session()).isEmpty();
    }

    @Test
    void who_has_a_login_is_asked_for_it() {
        Inform inform = inform("S1");
        AcsSession.Opened opened = AcsSession.open(
                envelope(SoapHeader.ofId("1"), inform),
                inform,
                (_, _, _) -> new Reception.Welcome.LoginWanted(),
                CALLER);
        assertThat(opened).isEqualTo(new AcsSession.Opened(Optional.empty(), new AcsStep.Challenge()));
    }

    @Test
    void what_must_be_understood_and_is_not_is_refused() {
        SoapHeader header =
                new SoapHeader(Optional.of("1"), false, false, Optional.empty(), Versions.UNSAID, List.of("Must"));
        assertThat(fault(open(header).answer()).soapCode()).isEqualTo(SoapFaultCode.MUST_UNDERSTAND);
        AcsStep step = opened().next(new Received.Message(envelope(header, TRANSFER)));
        assertThat(fault(step).soapCode()).isEqualTo(SoapFaultCode.MUST_UNDERSTAND);
        assertThat(desk.reports).isEmpty();
    }

    @Test
    void a_session_without_requests_ends_with_the_empty_request() {
        AcsSession session = opened();
        assertThat(session.next(NOTHING)).isEqualTo(new AcsStep.Finish());
        assertThat(desk.ends).containsExactly("true: done");
    }

    @Test
    void a_device_that_says_nothing_twice_hears_nothing_twice() {
        AcsSession session = opened();
        session.next(NOTHING);
        assertThat(session.next(NOTHING)).isEqualTo(new AcsStep.Finish());
        assertThat(desk.ends).hasSize(1);
    }

    @Test
    void reports_are_answered_by_the_response_to_just_them() {
        Envelope answer = sent(opened().next(message(TRANSFER)));
        assertThat(answer).isEqualTo(new Envelope(ODD, SoapHeader.ofId("d-7"), new TransferCompleteResponse()));
        assertThat(desk.reports).containsExactly(TRANSFER);
    }

    @Test
    void a_report_that_could_not_be_stored_is_not_acknowledged() {
        desk.toReports = CwmpFault.of(StandardFaultCode.ACS_RETRY_REQUEST, "the store is away");
        assertThat(fault(opened().next(message(TRANSFER))).fault().faultCode())
                .isEqualTo(StandardFaultCode.ACS_RETRY_REQUEST);
    }

    @Test
    void a_desk_that_answers_something_else_is_our_defect() {
        desk.toReports = new RebootResponse();
        AcsSession session = opened();
        assertThatThrownBy(() -> session.next(message(TRANSFER))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void methods_that_an_acs_does_not_have_are_faulted_and_the_others_named() {
        AcsSession session = opened();
        for (Body other : List.of(new UnknownRequest("X_Dance"), new Reboot("k"))) {
            assertThat(fault(session.next(message(other))).fault().faultCode())
                    .isEqualTo(StandardFaultCode.ACS_METHOD_NOT_SUPPORTED);
        }
        assertThat(sent(session.next(message(new GetRpcMethods()))).body())
                .isEqualTo(new GetRpcMethodsResponse(AcsSession.METHODS));
        assertThat(desk.reports).isEmpty();
    }

    @Test
    void requests_are_asked_one_by_one_and_whatever_is_answered_is_heard() {
        GetParameterValues get = new GetParameterValues(List.of("Device.A"));
        SetParameterValues set = new SetParameterValues(List.of(), "");
        desk.requests.addAll(List.of(get, set));
        AcsSession session = opened();
        Envelope first = sent(session.next(NOTHING));
        assertThat(first.body()).isEqualTo(get);
        assertThat(first.namespace()).isEqualTo(ODD);
        assertThat(first.header().id()).contains("acs-1");
        GetParameterValuesResponse values = new GetParameterValuesResponse(List.of());
        assertThat(sent(session.next(message(values))).body()).isEqualTo(set);
        CwmpFault fault = CwmpFault.of(
                StandardFaultCode.INVALID_ARGUMENTS,
                "no",
                List.of(new ParameterFault(
                        "Device.A", new FaultStruct(StandardFaultCode.NON_WRITABLE_PARAMETER, "read-only"))));
        assertThat(session.next(message(fault))).isEqualTo(new AcsStep.Finish());
        assertThat(desk.answers).containsExactly(values, fault);
        assertThat(desk.ends).containsExactly("true: done");
    }

    @Test
    void an_answer_that_cannot_be_read_is_a_failure_of_that_request_alone() {
        desk.requests.addAll(List.of(new GetRpcMethods(), new Reboot("k")));
        AcsSession session = opened();
        session.next(NOTHING);
        AcsStep step =
                session.next(new Received.Malformed(new MalformedSoapException(1, 2, "not XML", Optional.empty())));
        assertThat(sent(step).body()).isEqualTo(new Reboot("k"));
        CwmpFault heard = (CwmpFault) desk.answers.getFirst();
        assertThat(heard.fault().faultString()).contains("GetRPCMethods", "not XML");
    }

    @Test
    void a_report_that_cannot_be_read_is_faulted_where_its_id_could() {
        AcsSession session = opened();
        AcsStep step =
                session.next(new Received.Malformed(new MalformedSoapException(1, 2, "no number", Optional.of("d-9"))));
        assertThat(sent(step).header().id()).contains("d-9");
        assertThat(fault(step).fault().faultCode()).isEqualTo(StandardFaultCode.ACS_INVALID_ARGUMENTS);
        assertThat(session.next(new Received.Malformed(new MalformedSoapException(1, 2, "not XML", Optional.empty()))))
                .isInstanceOf(AcsStep.Refuse.class);
        assertThat(desk.ends.getFirst()).startsWith("false: ");
    }

    @Test
    void what_is_out_of_turn_ends_the_session() {
        Received wrongAnswer = message(new RebootResponse());
        for (Received wrong : List.of(NOTHING, wrongAnswer, message(TRANSFER))) {
            TestDesk each = new TestDesk();
            each.requests.add(new GetRpcMethods());
            Inform inform = inform("S1");
            AcsSession session = AcsSession.open(
                            envelope(SoapHeader.EMPTY, inform),
                            inform,
                            (_, _, _) -> new Reception.Welcome.In(each),
                            CALLER)
                    .session()
                    .orElseThrow();
            session.next(NOTHING);
            assertThat(session.next(wrong)).isInstanceOf(AcsStep.Refuse.class);
            assertThat(each.answers).isEmpty();
            assertThat(each.ends).hasSize(1);
            assertThat(session.next(NOTHING)).isInstanceOf(AcsStep.Refuse.class);
        }
        assertThat(opened().next(wrongAnswer)).isInstanceOf(AcsStep.Refuse.class);
        assertThat(opened().next(message(CwmpFault.of(StandardFaultCode.INTERNAL_ERROR, "oh"))))
                .isInstanceOf(AcsStep.Refuse.class);
    }

    @Test
    void reports_are_held_back_while_somebody_waits_and_taken_afterwards() {
        desk.holds = true;
        desk.requests.add(new GetRpcMethods());
        AcsSession.Opened opened = open(SoapHeader.ofId("1"));
        assertThat(sent(opened.answer()).header().holdRequests()).isTrue();
        AcsSession session = opened.session().orElseThrow();
        assertThat(sent(session.next(NOTHING)).header().holdRequests()).isTrue();
        desk.holds = false;
        assertThat(session.next(message(new GetRpcMethodsResponse(List.of())))).isEqualTo(new AcsStep.Finish());
        assertThat(sent(session.next(message(TRANSFER))).body()).isEqualTo(new TransferCompleteResponse());
        assertThat(session.next(NOTHING)).isEqualTo(new AcsStep.Finish());
        assertThat(desk.ends).containsExactly("true: done");
    }

    @Test
    void a_device_that_comes_to_no_end_is_left() {
        AcsSession session = opened();
        AcsStep step = session.next(message(new GetRpcMethods()));
        int exchanges = 2;
        while (step instanceof AcsStep.Send) {
            step = session.next(message(new GetRpcMethods()));
            exchanges++;
        }
        assertThat(exchanges).isEqualTo(Limits.EXCHANGES + 1);
    }
}
