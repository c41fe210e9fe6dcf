// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.pharos.controller.acs.AgentOnPaper;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.UspDoor;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.OpenGate;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The way from TR-069 to USP, and back: a device on paper, sessions of TR-069 as they are, and USP by hand.
class MigrationTest {
    private static final EndpointId ID = AgentOnPaper.ID;
    private static final String ENABLE = "Device.ManagementServer.EnableCWMP";
    private static final String INTERVAL = "Device.ManagementServer.PeriodicInformInterval";
    private static final String SERIAL = "Device.DeviceInfo.SerialNumber";
    private static final UspDoor DOOR =
            new UspDoor(EndpointId.of("self::pharos"), "acs.example", 8183, true, new UspDoor.Way.WebSocket("/usp"));
    private static final String FROM = "127.0.0.1:5";
    private static final MigrationPlan PLAN =
            new MigrationPlan(DOOR, false, Duration.ofSeconds(60), "somebody", OptionalLong.empty(), FROM);

    private final AgentOnPaper paper = new AgentOnPaper();
    private final InMemoryMigrations store = new InMemoryMigrations();
    private final List<String> told = new ArrayList<>();
    /// What the device says over USP otherwise than over TR-069.
    private final Map<String, String> otherwise = new TreeMap<>();
    private boolean overUsp;
    private boolean answers = true;
    private boolean loses;
    private boolean refuses;
    private MigrationRunner runner = server();

    MigrationTest() {
        paper.comes = false;
    }

    /// One that knows nothing but what is kept.
    private MigrationRunner server() {
        return new MigrationRunner(new MigrationRunner.Parts(
                store, paper.office(), usp(), paper.stores.twins(), (_, text) -> told.add(text), paper.clock));
    }

    @AfterEach
    void it_stops() {
        runner.close();
        paper.close();
    }

    private DeviceLine usp() {
        return (device, request, timeout) -> {
            if (!overUsp || !answers) {
                throw new DeviceUnreachableException(device, "it is away", Optional.empty(), false);
            }
            if (refuses) {
                throw new RequestFailedException(
                        device, new UspError(new Fault(StandardErrorCode.PERMISSION_DENIED, "not by you")));
            }
            Response response = answer(request);
            if (loses) {
                throw new DeviceUnreachableException(device, "its answer was lost", Optional.empty(), true);
            }
            return response;
        };
    }

    private Response answer(Request<?> request) throws CallException {
        return switch (request) {
            case GetRequest get ->
                new GetResponse(get.paramPaths().stream()
                        .map(path -> new GetResponse.RequestedPathResult(path, Optional.empty(), resolved(path)))
                        .toList());
            case SetRequest set -> {
                set.updateObjects()
                        .forEach(object -> object.paramSettings().forEach(setting -> {
                            String path = object.objPath() + setting.param();
                            paper.device.values.put(path, setting.value());
                            paper.stores
                                    .twins()
                                    .put(
                                            ID,
                                            List.of(new TwinValue(
                                                    path,
                                                    setting.value(),
                                                    false,
                                                    paper.clock.instant(),
                                                    TwinValue.Source.SET)));
                        }));
                yield new SetResponse(List.of());
            }
            default -> throw new IllegalStateException("not asked in a migration: " + request);
        };
    }

    private List<GetResponse.ResolvedPathResult> resolved(String path) {
        String value = otherwise.getOrDefault(path, paper.device.values.getOrDefault(path, ""));
        int end = path.lastIndexOf('.') + 1;
        return value.equals("GONE")
                ? List.of()
                : List.of(
                        new GetResponse.ResolvedPathResult(path.substring(0, end), Map.of(path.substring(end), value)));
    }

    private Migration here() {
        return store.find(ID).orElseThrow();
    }

    private MigrationState state() {
        return here().state();
    }

    private List<MigrationState> way() {
        return here().steps().stream().map(Migration.Step::state).toList();
    }

    private String why() {
        return here().last().text();
    }

    /// As far as it goes now.
    private void goOn() {
        runner.goOn(here());
    }

    private void comesOverTr069() {
        if (isEnabled()) {
            assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
        }
    }

    private boolean isEnabled() {
        return paper.device.values.getOrDefault(ENABLE, "").equals("true");
    }

    /// Whether the rows are there that lead it to us.
    private boolean knowsUs() {
        return paper.beneath(AgentOnPaper.CONTROLLERS).containsValue("self::pharos");
    }

    /// With a certificate, which it has not had over TR-069.
    private void arrives() {
        overUsp = knowsUs();
        paper.overUsp(overUsp);
        if (overUsp) {
            paper.stores.devices().update(ID, known -> known.withConnection("websocket", "127.0.0.1:9", true));
        }
    }

    private void leaves() {
        overUsp = false;
        paper.overUsp(false);
    }

    private void configured() {
        assertThat(runner.begin(ID, PLAN)).isPresent();
        goOn();
        comesOverTr069();
        assertThat(state()).isEqualTo(MigrationState.CONFIGURED);
    }

    private void stoodBy() {
        configured();
        arrives();
        goOn();
        assertThat(state()).isEqualTo(MigrationState.STOOD_BY);
    }

    private void done() {
        stoodBy();
        paper.clock.advance(PLAN.settle());
        goOn();
        assertThat(state()).isEqualTo(MigrationState.DONE);
    }

    /// It leaves USP, comes over TR-069 and is as it was.
    private void isBack(MigrationState end) {
        goOn();
        comesOverTr069();
        leaves();
        paper.clock.advance(Limits.LEAVING);
        goOn();
        comesOverTr069();
        assertThat(state()).isEqualTo(end);
        assertThat(knowsUs()).isFalse();
        assertThat(paper.device.values).contains(entry(ENABLE, "true"), entry(INTERVAL, "60"));
        assertThat(paper.errands.of(ID)).isEmpty();
        assertThat(paper.stores.devices().find(ID).orElseThrow().transport()).isEqualTo("cwmp");
    }

    @Test
    void a_device_is_set_up_arrives_is_compared_stood_by_and_moved_and_it_is_told_step_by_step() {
        done();
        assertThat(way())
                .containsExactly(
                        MigrationState.ELIGIBLE,
                        MigrationState.CONFIGURED,
                        MigrationState.CONNECTED,
                        MigrationState.VERIFIED,
                        MigrationState.STOOD_BY,
                        MigrationState.DONE);
        assertThat(told)
                .hasSize(6)
                .first()
                .asString()
                .contains("eligible: ", "wss://acs.example:8183/usp", "as somebody asked");
        assertThat(why()).contains("TR-069 is switched off");
        assertThat(paper.device.values).contains(entry(ENABLE, "false"), entry(INTERVAL, "86400"));
        assertThat(store.open(10)).isEmpty();
        assertThat(runner.begin(ID, PLAN)).as("it is moved").isEmpty();
    }

    @Test
    void tr_069_stays_as_the_reserve_where_that_is_wanted_or_the_device_wants_it() {
        assertThat(runner.begin(
                        ID, new MigrationPlan(DOOR, true, Duration.ZERO, "somebody", OptionalLong.empty(), FROM)))
                .isPresent();
        goOn();
        comesOverTr069();
        arrives();
        goOn();
        assertThat(state()).isEqualTo(MigrationState.DONE);
        assertThat(why()).contains("TR-069 stays as the reserve");
        assertThat(paper.device.values).contains(entry(ENABLE, "true"), entry(INTERVAL, "86400"));
    }

    @Test
    void where_tr_069_cannot_be_switched_off_over_usp_the_device_is_moved_and_it_is_said() {
        stoodBy();
        paper.clock.advance(PLAN.settle());
        refuses = true;
        goOn();
        assertThat(state()).isEqualTo(MigrationState.DONE);
        assertThat(why()).contains("cannot be switched off over USP", "not by you");
        assertThat(isEnabled()).isTrue();
    }

    @Test
    void who_refuses_the_rows_stays_with_tr_069_and_it_is_said_why() {
        paper.device.unwritable = "WebSocket.Host";
        assertThat(runner.begin(ID, PLAN)).isPresent();
        goOn();
        comesOverTr069();
        assertThat(state()).isEqualTo(MigrationState.RETURNING);
        isBack(MigrationState.FAILED);
        assertThat(why()).contains("refuses to be set up", "WebSocket.Host", "9008", "over TR-069 as before");
        paper.device.unwritable = "Locked";
        configured();
    }

    @Test
    void who_does_not_come_over_tr_069_is_given_up_after_a_week() {
        assertThat(runner.begin(ID, PLAN)).isPresent();
        goOn();
        paper.clock.advance(Limits.SET_UP);
        goOn();
        assertThat(state()).isEqualTo(MigrationState.RETURNING);
        assertThat(paper.errands.of(ID))
                .extracting(each -> each.errand())
                .containsExactly(new Errand.LeaveController(DOOR));
        isBack(MigrationState.FAILED);
    }

    @Test
    void who_does_not_come_over_usp_in_time_goes_back() {
        configured();
        paper.clock.advance(Limits.ARRIVAL.minusSeconds(1));
        goOn();
        assertThat(state()).isEqualTo(MigrationState.CONFIGURED);
        paper.clock.advance(Duration.ofSeconds(1));
        goOn();
        assertThat(why()).contains("did not come over USP within 10 minutes");
        isBack(MigrationState.FAILED);
    }

    @Test
    void who_is_another_over_usp_goes_back_and_the_difference_is_said() {
        for (String other : List.of("S 2", "GONE")) {
            otherwise.put(SERIAL, other);
            configured();
            arrives();
            goOn();
            assertThat(state()).isEqualTo(MigrationState.RETURNING);
            assertThat(why())
                    .contains(SERIAL + " is \"S 1\" over TR-069 and", other.equals("GONE") ? "not there" : other);
            isBack(MigrationState.FAILED);
        }
    }

    @Test
    void who_does_not_let_itself_be_read_over_usp_goes_back() {
        configured();
        arrives();
        refuses = true;
        goOn();
        assertThat(why()).contains("does not let itself be read", "not by you");
        refuses = false;
        isBack(MigrationState.FAILED);
    }

    @Test
    void a_moment_of_silence_is_nothing_and_a_longer_one_leads_back() {
        configured();
        arrives();
        answers = false;
        goOn();
        paper.clock.advance(Limits.SILENCE.dividedBy(2));
        answers = true;
        goOn();
        assertThat(state()).isEqualTo(MigrationState.STOOD_BY);
        leaves();
        goOn();
        paper.clock.advance(Limits.SILENCE.minusSeconds(1));
        goOn();
        assertThat(state()).isEqualTo(MigrationState.STOOD_BY);
        paper.clock.advance(Duration.ofSeconds(1));
        goOn();
        assertThat(why()).contains("has fallen silent over USP for 2 minutes");
        comesOverTr069();
        assertThat(state()).isEqualTo(MigrationState.FAILED);
        assertThat(knowsUs()).isFalse();
        assertThat(isEnabled()).isTrue();
        assertThat(paper.device.values).containsEntry(INTERVAL, "60");
    }

    @Test
    void an_answer_that_is_lost_does_no_harm() {
        stoodBy();
        paper.clock.advance(PLAN.settle());
        loses = true;
        goOn();
        assertThat(isEnabled()).isFalse();
        assertThat(state()).isEqualTo(MigrationState.STOOD_BY);
        loses = false;
        goOn();
        assertThat(state()).isEqualTo(MigrationState.DONE);
    }

    @Test
    void it_is_called_back_from_wherever_it_is() {
        for (Runnable place : List.<Runnable>of(
                () -> assertThat(runner.begin(ID, PLAN)).isPresent(), this::configured, this::stoodBy, this::done)) {
            place.run();
            assertThat(runner.back(ID, "another")).isPresent();
            assertThat(runner.back(ID, "another")).as("it is on its way").isEmpty();
            isBack(MigrationState.RETURNED);
            assertThat(why()).contains("as another asked");
            assertThat(runner.back(ID, "another")).as("it is back").isEmpty();
        }
    }

    @Test
    void who_comes_over_tr_069_without_proof_is_let_in_on_the_way_and_not_when_the_device_is_moved() {
        stoodBy();
        assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
        paper.clock.advance(PLAN.settle());
        goOn();
        assertThat(state()).isEqualTo(MigrationState.DONE);
        assertThat(paper.session(StandardEvent.PERIODIC)).as("an impostor").isFalse();
        assertThat(runner.back(ID, "another")).isPresent();
        assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
    }

    @Test
    void a_device_that_is_here_over_a_broker_is_called_where_it_came_from_over_tr_069() throws Exception {
        done();
        paper.stores.devices().update(ID, known -> known.withConnection("mqtt", "192.0.2.9:1883 usp/agent/it", false));
        paper.comes = true;
        assertThat(runner.back(ID, "another")).isPresent();
        goOn();
        while (knowsUs()) {
            Thread.sleep(20);
        }
    }

    @Test
    void what_was_read_before_the_last_that_was_written_does_not_keep_tr_069_switched_off() {
        done();
        for (Map.Entry<String, String> late :
                Map.of(ENABLE, "true", INTERVAL, "60").entrySet()) {
            paper.stores
                    .twins()
                    .put(
                            ID,
                            List.of(new TwinValue(
                                    late.getKey(),
                                    late.getValue(),
                                    false,
                                    paper.clock.instant(),
                                    TwinValue.Source.ONBOARDING)));
        }
        assertThat(runner.back(ID, "another")).isPresent();
        isBack(MigrationState.RETURNED);
    }

    @Test
    void a_moved_device_that_is_away_is_brought_back_when_it_comes() {
        done();
        leaves();
        assertThat(runner.back(ID, "another")).isPresent();
        goOn();
        comesOverTr069();
        assertThat(knowsUs()).as("never without management").isTrue();
        arrives();
        isBack(MigrationState.RETURNED);
    }

    @Test
    void a_device_that_stays_over_usp_without_a_controller_is_left_in_peace_after_a_while() {
        configured();
        arrives();
        assertThat(runner.back(ID, "another")).isPresent();
        goOn();
        comesOverTr069();
        assertThat(state()).isEqualTo(MigrationState.RETURNING);
        paper.clock.advance(Limits.ARRIVAL);
        goOn();
        comesOverTr069();
        assertThat(state()).isEqualTo(MigrationState.RETURNED);
        assertThat(why()).contains("stays connected over USP all the same");
    }

    @Test
    void the_login_for_a_broker_counts_as_long_as_the_device_has_it_and_ends_with_the_way_back() {
        UspDoor broker = new UspDoor(
                DOOR.controller(),
                "acs.example",
                1883,
                false,
                new UspDoor.Way.Mqtt("usp/controller/us", "usp/agent/it"));
        MigrationPlan plan = new MigrationPlan(broker, false, Duration.ZERO, "somebody", OptionalLong.empty(), FROM);
        assertThat(runner.begin(ID, plan)).isPresent();
        goOn();
        assertThat(paper.brokerLogins.of(ID)).as("none before it is written").isEmpty();
        comesOverTr069();
        arrives();
        goOn();
        assertThat(state()).isEqualTo(MigrationState.DONE);
        String password = paper.brokerLogins.of(ID).orElseThrow().password();
        assertThat(told.toString() + here()).doesNotContain(password);
        assertThat(runner.back(ID, "another")).isPresent();
        goOn();
        assertThat(paper.brokerLogins.of(ID))
                .as("it may have to come by it once more")
                .isPresent();
        isBack(MigrationState.RETURNED);
        assertThat(paper.brokerLogins.of(ID)).isEmpty();
        assertThat(paper.beneath("Device.MQTT.Client.")).isEmpty();
    }

    @Test
    void a_server_that_ends_between_any_two_steps_goes_on_where_the_last_was_kept() {
        assertThat(runner.begin(ID, PLAN)).isPresent();
        for (int i = 0; i < 40 && state() != MigrationState.DONE; i++) {
            // it has done what is next, and has not kept it
            MigrationWork half = new MigrationWork(
                    new MigrationWork.Parts(store, paper.office(), usp(), paper.stores.twins(), paper.clock));
            var _ = half.advance(here());
            runner.close();
            runner = server();
            goOn();
            comesOverTr069();
            arrives();
            paper.clock.advance(Duration.ofSeconds(20));
        }
        assertThat(state()).isEqualTo(MigrationState.DONE);
        assertThat(way()).doesNotHaveDuplicates();
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS).keySet())
                .filteredOn(name -> name.endsWith(".EndpointID"))
                .hasSize(1);
        assertThat(runner.back(ID, "another")).isPresent();
        runner.close();
        runner = server();
        isBack(MigrationState.RETURNED);
    }

    @Test
    void of_two_servers_one_keeps_a_step() {
        configured();
        arrives();
        Migration before = here();
        MigrationRunner other = server();
        runner.goOn(before);
        other.goOn(before);
        assertThat(way()).doesNotHaveDuplicates();
        assertThat(told).doesNotHaveDuplicates();
        other.close();
    }

    @Test
    void it_goes_by_itself_where_the_device_can_be_called() throws Exception {
        paper.comes = true;
        runner.start();
        assertThat(runner.begin(
                        ID, new MigrationPlan(DOOR, false, Duration.ZERO, "somebody", OptionalLong.empty(), FROM)))
                .isPresent();
        while (state() != MigrationState.DONE) {
            arrives();
            Thread.sleep(20);
        }
        assertThat(isEnabled()).isFalse();
    }

    private static final long CAMPAIGN = 4;
    private static final MaskedMessages MASKED = new MaskedMessages(SecretParameters.BY_NAME);

    private DeviceChore.End chore(JobWork work) throws CallException {
        Eligibility eligibility = new Eligibility(paper.stores, paper.office(), (_, _) -> DOOR);
        return new MigrationChore(new MigrationChore.Parts(runner, eligibility, usp(), paper.clock))
                .before((_, _) -> new DeviceChore.End.Failed("not mine", Optional.empty()))
                .carryOut(new DeviceChore.Task(1, work, ID, OpenGate.to(work, paper.clock.instant())), MASKED);
    }

    private static JobWork forth() {
        return new JobWork.Migrate(CAMPAIGN, new Crossing("ws", false, Duration.ZERO));
    }

    private Migration ofCampaign() {
        return Migration.of(
                ID,
                new MigrationPlan(DOOR, false, Duration.ZERO, "campaign 4", OptionalLong.of(CAMPAIGN), FROM),
                paper.clock.instant());
    }

    @Test
    void a_campaign_finds_its_device_where_another_server_left_it_and_begins_nothing_twice() throws Exception {
        Migration begun = ofCampaign();
        store.begin(begun);
        Migration moved = begun.to(MigrationState.DONE, paper.clock.instant(), "it is moved");
        store.move(begun, moved);
        assertThat(chore(forth())).isEqualTo(new DeviceChore.End.Done("it is moved", Optional.empty()));
        Migration back = moved.withReason(ReturnReason.SILENT)
                .to(MigrationState.RETURNING, paper.clock.instant(), "it fell silent");
        store.move(moved, back);
        assertThat(chore(forth())).isEqualTo(new DeviceChore.End.Failed("it fell silent", Optional.empty()));
        store.move(back, back.to(MigrationState.FAILED, paper.clock.instant(), "it went back"));
        assertThat(chore(forth())).isEqualTo(new DeviceChore.End.Failed("it went back", Optional.empty()));
        assertThat(here().reached()).isEqualTo(MigrationState.DONE);
        assertThat(chore(new JobWork.MigrateBack(CAMPAIGN)))
                .isEqualTo(new DeviceChore.End.Done("it went back", Optional.empty()));
        assertThat(chore(new JobWork.MigrateBack(CAMPAIGN + 1)))
                .isEqualTo(new DeviceChore.End.Done("this campaign has not moved it", Optional.empty()));
    }

    @Test
    void a_device_that_its_campaign_does_not_wait_for_any_more_is_not_moved_when_it_comes() {
        store.awaited = false;
        store.begin(ofCampaign());
        runner.goOn(here());
        assertThat(state()).isEqualTo(MigrationState.RETURNING);
        assertThat(here().reason()).contains(ReturnReason.FORSAKEN);
        assertThat(here().reached()).isEqualTo(MigrationState.ELIGIBLE);
        assertThat(why()).isEqualTo("campaign 4 does not wait for it any more");
    }

    @Test
    void a_funnel_counts_who_came_how_far_also_of_those_who_went_back_and_why() {
        MigrationFunnel funnel = MigrationFunnel.of(List.of(
                new MigrationFunnel.Part(MigrationPlace.DONE, "done", "", 5),
                new MigrationFunnel.Part(MigrationPlace.FAILED, "configured", "no-arrival", 2),
                new MigrationFunnel.Part(MigrationPlace.RETURNING, "stood-by", "silent", 1),
                new MigrationFunnel.Part(MigrationPlace.UNABLE, "", "it shows no USP agent", 3),
                new MigrationFunnel.Part(MigrationPlace.WAITING, "", "", 7)));
        assertThat(funnel.atLeast(MigrationState.ELIGIBLE)).isEqualTo(8);
        assertThat(funnel.atLeast(MigrationState.CONNECTED)).isEqualTo(6);
        assertThat(funnel.atLeast(MigrationState.DONE)).isEqualTo(5);
        assertThat(funnel.at(MigrationPlace.WAITING)).isEqualTo(7);
        assertThat(funnel.reasons())
                .extracting(MigrationFunnel.Reason::reason)
                .containsExactly("it shows no USP agent", "no-arrival", "silent");
    }
}
