// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Tells the history what becomes of jobs as a whole, once however many servers look at them.
///
/// An event of kind `job` belongs to no device; its arguments are `job`, the number, and `state`.
final class JobNews {
    private final Consumer<NewEvent> history;
    private final Clock clock;

    JobNews(Consumer<NewEvent> history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    /// @param targets the devices that it concerns
    void started(Job job, long targets) {
        tell(job, JobState.RUNNING, "starts with " + devices(targets), "job " + job.id() + " started");
    }

    void failed(Job job, String why) {
        tell(job, JobState.FAILED, "cannot start: " + why, "job " + job.id() + " failed");
    }

    /// Every device of it is settled.
    void ended(Job job, JobProgress progress) {
        JobState state = job.state() == JobState.CANCELLED ? JobState.CANCELLED : JobState.DONE;
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "has ended: %,d of %s done",
                progress.of(TargetState.Kind.DONE),
                devices(progress.total())));
        for (TargetState.Kind kind :
                new TargetState.Kind[] {TargetState.Kind.FAILED, TargetState.Kind.UNCERTAIN, TargetState.Kind.CANCELLED
                }) {
            if (progress.of(kind) > 0) {
                text.append(String.format(Locale.ROOT, ", %,d %s", progress.of(kind), kind.text()));
            }
        }
        tell(job, state, text.toString(), "job " + job.id() + " ended");
    }

    /// Somebody paused, resumed or cancelled it.
    void moved(Job job, JobState to, String by) {
        String what = switch (to) {
            case PAUSED -> "is paused";
            case CANCELLED -> "is cancelled";
            case WAITING, RUNNING, DONE, FAILED -> "goes on";
        };
        tell(job, to, what + " by " + by, "");
    }

    private void tell(Job job, JobState state, String what, String onceKey) {
        history.accept(new NewEvent(
                new DeviceEvent(
                        clock.instant(),
                        Optional.empty(),
                        EventKind.JOB,
                        "",
                        "",
                        "",
                        Map.of("job", Long.toString(job.id()), "state", state.text()),
                        "",
                        "job " + job.id() + ", " + job.plan().name() + ": " + what),
                onceKey));
    }

    private static String devices(long number) {
        return String.format(Locale.ROOT, number == 1 ? "%,d device" : "%,d devices", number);
    }
}
