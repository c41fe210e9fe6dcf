// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.controller.job.JobState;
import dev.pharos.controller.job.TargetState;
import dev.pharos.controller.job.TargetState.Kind;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.server.profile.ProfileBed.Server;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.SetRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Profiles whose server dies, whose devices are away, and that are taken back: nothing is lost and nothing done twice.
final class ProfileJobsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TEXT = """
            name: p
            query: ""
            parameters: {Device.A: new, Device.R.*.C: 11}
            rows: [{object: Device.T., key: {Alias: web}, values: {P: 80}}]
            """;

    private final ProfileBed bed = new ProfileBed();

    @AfterEach
    void clean() {
        bed.close();
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_device_is_read_and_only_what_differs_is_changed() throws Exception {
        PaperGateway one = bed.device("one", true, "Device.A=old", "Device.R.1.C=6", "Device.R.2.C=11");
        PaperGateway two =
                bed.device("two", true, "Device.A=new", "Device.R.1.C=11", "Device.T.4.Alias=web", "Device.T.4.P=80");
        Server server = bed.server();
        long job = ProfileBed.apply(server, TEXT);
        bed.runUntilEnded(server, job);
        assertThat(bed.target(job, "one").state()).isEqualTo(new TargetState.Done("3 changed"));
        assertThat(bed.target(job, "two").state()).isEqualTo(new TargetState.Done("nothing had to be changed"));
        assertThat(one.values)
                .containsEntry("Device.A", "new")
                .containsEntry("Device.R.1.C", "11")
                .containsEntry("Device.T.1.Alias", "web")
                .containsEntry("Device.T.1.P", "80");
        assertThat(one.asked(SetRequest.class)).isOne();
        assertThat(two.asked).hasSize(1).allMatch(GetRequest.class::isInstance);
        long back = server.desk().undo("p", ProfileBed.PACE, "tester").job().id();
        bed.runUntilEnded(server, back);
        assertThat(bed.progressOf(back)).isOne();
        assertThat(one.values)
                .containsEntry("Device.A", "old")
                .containsEntry("Device.R.1.C", "6")
                .doesNotContainKey("Device.T.1.Alias");
    }

    /// The server dies after the device has added the row, and before it is written down.
    @Test
    void a_server_that_dies_in_between_leaves_nothing_that_is_done_twice_and_what_was_before_is_known()
            throws Exception {
        PaperGateway gateway = bed.device("victim", true, "Device.A=old", "Device.R.1.C=6");
        CountDownLatch added = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Server dying = bed.server((device, request) -> {
            var answer = device.answer(request);
            if (request instanceof AddRequest) {
                added.countDown();
                hold(never);
            }
            return answer;
        });
        long job = ProfileBed.apply(dying, TEXT);
        dying.runner().round();
        dying.runner().round();
        assertThat(added.await(60, TimeUnit.SECONDS)).isTrue();
        Server next = bed.server();
        bed.clock.advance(Duration.ofMinutes(5));
        bed.runUntilEnded(next, job);
        assertThat(bed.target(job, "victim").state()).isEqualTo(new TargetState.Done("nothing had to be changed"));
        assertThat(gateway.asked(AddRequest.class)).isOne();
        assertThat(gateway.asked(SetRequest.class)).isOne();
        never.countDown();
        await().atMost(PATIENCE).until(() -> dying.runner().atWork() == 0);
        long back = next.desk().undo(job, ProfileBed.PACE, "tester").job().id();
        bed.runUntilEnded(next, back);
        assertThat(gateway.values)
                .containsEntry("Device.A", "old")
                .containsEntry("Device.R.1.C", "6")
                .doesNotContainKey("Device.T.1.Alias");
    }

    @Test
    void servers_that_come_to_one_device_at_once_add_a_row_once() throws Exception {
        PaperGateway gateway = bed.device("shared", true, "Device.A=new", "Device.R.1.C=11");
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Server slow = bed.server((device, request) -> {
            var answer = device.answer(request);
            reading.countDown();
            hold(go);
            return answer;
        });
        long first = ProfileBed.apply(slow, TEXT);
        slow.runner().round();
        slow.runner().round();
        assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
        Server other = bed.server();
        long second = ProfileBed.apply(other, TEXT.replace("name: p", "name: q"));
        for (int i = 0; i < 5; i++) {
            other.runner().round();
            await().atMost(PATIENCE).until(() -> other.runner().atWork() == 0);
        }
        assertThat(bed.target(second, "shared").state().why()).isEqualTo("somebody else works on the device");
        go.countDown();
        await().atMost(PATIENCE).until(() -> slow.runner().atWork() == 0);
        bed.clock.advance(Duration.ofSeconds(10));
        bed.runUntilEnded(other, second);
        bed.runUntilEnded(other, first);
        assertThat(gateway.asked(AddRequest.class)).isOne();
        assertThat(bed.target(second, "shared").state().kind()).isEqualTo(Kind.DONE);
    }

    @Test
    void an_answer_that_is_lost_is_looked_at_again_and_a_device_that_is_away_is_done_when_it_returns()
            throws Exception {
        PaperGateway flaky = bed.device("flaky", true, "Device.A=old");
        PaperGateway away = bed.device("away", false, "Device.A=old");
        AtomicInteger sets = new AtomicInteger();
        Server server = bed.server((device, request) -> {
            var answer = device.answer(request);
            if (request instanceof SetRequest && sets.incrementAndGet() == 1) {
                throw new CallTimedOutException(EndpointId.of("proto::flaky"), "no answer came", true);
            }
            return answer;
        });
        long job = ProfileBed.apply(server, "{name: p, query: '', parameters: {Device.A: new}}");
        for (int i = 0; i < 5; i++) {
            server.runner().round();
            await().atMost(PATIENCE).until(() -> server.runner().atWork() == 0);
        }
        assertThat(bed.target(job, "flaky").state().kind()).isEqualTo(Kind.WAITING);
        assertThat(bed.target(job, "away").state().kind()).isEqualTo(Kind.OFFLINE);
        bed.stand("away", true);
        bed.clock.advance(Duration.ofMinutes(2));
        assertThat(bed.runUntilEnded(server, job).state()).isEqualTo(JobState.DONE);
        assertThat(bed.target(job, "flaky").state().kind()).isEqualTo(Kind.DONE);
        assertThat(flaky.asked(SetRequest.class)).as("it had been written").isOne();
        assertThat(away.value("Device.A")).isEqualTo("new");
    }

    @Test
    void a_profile_that_changes_while_its_job_runs_is_not_brought_to_anybody_any_more() throws Exception {
        PaperGateway late = bed.device("late", false, "Device.A=old", "Device.B=old");
        Server server = bed.server();
        long first = ProfileBed.apply(server, "{name: p, query: '', parameters: {Device.A: first}}");
        server.runner().round();
        server.runner().round();
        long second = ProfileBed.apply(server, "{name: p, query: '', parameters: {Device.B: second}}");
        bed.stand("late", true);
        bed.clock.advance(Duration.ofMinutes(1));
        bed.runUntilEnded(server, second);
        bed.runUntilEnded(server, first);
        assertThat(bed.jobs.find(first).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        assertThat(late.values).containsEntry("Device.A", "old").containsEntry("Device.B", "second");
        assertThatThrownBy(() -> server.desk().undo(first, ProfileBed.PACE, "tester"))
                .isInstanceOfSatisfying(
                        ProfileRefusedException.class,
                        refused -> assertThat(refused.reason()).contains("has changed since job " + first));
    }

    @Test
    void a_profile_of_a_higher_priority_is_asked_about_its_parameters_too() throws Exception {
        PaperGateway gateway = bed.device("one", true, "Device.A=old", "Device.B=old");
        Server server = bed.server();
        bed.runUntilEnded(
                server, ProfileBed.apply(server, "{name: high, query: '', priority: 9, parameters: {Device.A: high}}"));
        long low = ProfileBed.apply(server, "{name: low, query: '', parameters: {Device.A: low, Device.B: low}}");
        bed.runUntilEnded(server, low);
        assertThat(gateway.values).containsEntry("Device.A", "high").containsEntry("Device.B", "low");
    }
}
