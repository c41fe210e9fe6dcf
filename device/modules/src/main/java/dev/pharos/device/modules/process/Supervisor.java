// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import dev.pharos.device.modules.process.UnitState.Fault;
import dev.pharos.device.modules.process.UnitState.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Runs one execution unit: starts it, sees when it ends, starts it again where that is wanted, and stops it with all
/// that it has started. Thread-safe.
public final class Supervisor {
    private static final int CANNOT_BE_CAGED = 125;
    private static final int CANNOT_BE_RUN = 126;
    private static final int NOT_FOUND = 127;
    private static final int SIGNAL = 128;

    private final Job job;
    private final String id;
    private final UnitHost host;
    private final Runnable changed;
    private UnitState state = UnitState.NEW;
    private RestartPolicy policy;
    private Duration shutdownDelay;
    private boolean wanted;
    private boolean retired;
    private boolean again;
    private boolean automatic;
    private @Nullable Run run;

    /// What a unit does each time that it is started.
    @FunctionalInterface
    public interface Job {
        /// @throws IOException where it cannot be started now
        Work work() throws IOException;
    }

    /// @param id of the unit
    /// @param changed told of every change of its state, on a thread that holds no lock of this
    public Supervisor(
            String id, Job job, UnitHost host, RestartPolicy policy, Duration shutdownDelay, Runnable changed) {
        this.id = id;
        this.job = job;
        this.host = host;
        this.policy = policy;
        this.shutdownDelay = shutdownDelay;
        this.changed = changed;
    }

    public synchronized UnitState state() {
        return state;
    }

    /// What counts from now on.
    public synchronized void adjust(RestartPolicy policyNow, Duration delayNow) {
        policy = policyNow;
        shutdownDelay = delayNow;
    }

    /// As if it had been started again so often.
    public synchronized void retried(long times) {
        state = state.retried(times);
    }

    /// Starts it, and returns when it runs or does not.
    ///
    /// @param byItself whether nobody asked for it
    public void start(boolean byItself) throws InterruptedException {
        synchronized (this) {
            while (state.status() == Status.STOPPING) {
                wait();
            }
            if (state.status() == Status.IDLE && !retired) {
                wanted = true;
                again = false;
                automatic = byItself;
                state = state.at(Status.STARTING).with(Fault.NO_FAULT, "").retried(0);
                Thread.ofVirtual().name("unit " + id).start(this::supervise);
            } else if (state.nextRestart().isPresent()) {
                again = true;
                notifyAll();
            }
        }
        changed.run();
        awaitStarted();
    }

    private synchronized void awaitStarted() throws InterruptedException {
        long end = System.nanoTime() + Limits.SETTLE.toNanos() + Limits.KILLED.toNanos();
        while (state.status() == Status.STARTING && System.nanoTime() < end) {
            wait(Limits.SETTLE.toMillis());
        }
    }

    /// Stops it for good, see [#stop]; it does not start any more.
    ///
    /// @param longest that it may take over its last work, if that is less than its shutdown delay
    public synchronized void retire(Duration longest) throws InterruptedException {
        if (longest.compareTo(shutdownDelay) < 0) {
            shutdownDelay = longest;
        }
        retired = true;
        stop();
    }

    /// Stops it, and returns when none of its processes is left, or that has failed.
    public synchronized void stop() throws InterruptedException {
        wanted = false;
        notifyAll();
        while (state.status() != Status.IDLE) {
            wait();
        }
    }

    /// Stops it and starts it again.
    ///
    /// @return false where it is being stopped
    public boolean restart() throws InterruptedException {
        synchronized (this) {
            if (state.status() == Status.STOPPING) {
                return false;
            }
            if (state.status() != Status.IDLE) {
                again = true;
                notifyAll();
                while (again && state.status() != Status.IDLE) {
                    wait();
                }
            }
        }
        start(false);
        return true;
    }

    private synchronized void become(UnitState next) {
        state = next;
        notifyAll();
    }

    private void tell(UnitState next) {
        become(next);
        changed.run();
    }

    /// The life of the unit, from its start until it is idle.
    private void supervise() {
        try {
            boolean more = true;
            while (more) {
                more = live();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            tell(state().at(Status.IDLE));
        } catch (RuntimeException defect) {
            tell(state().at(Status.IDLE).with(Fault.UNSTARTABLE, "a defect of the agent: " + defect));
            throw defect;
        }
    }

    /// @return whether it lives once more
    private boolean live() throws InterruptedException {
        Run now;
        try {
            now = Run.begin(job.work(), host.cages(), host.launcher());
        } catch (IOException failed) {
            tell(state().at(Status.IDLE).with(Fault.UNSTARTABLE, "no process came of it: " + failed.getMessage()));
            return false;
        }
        setRun(now);
        String broken;
        boolean gone;
        try {
            broken = watch(now);
            if (broken.isEmpty() && !now.isOver()) {
                tell(state().at(isWanted() ? Status.RESTARTING : Status.STOPPING));
                now.stop(delay());
            }
        } finally {
            gone = now.end();
            setRun(null);
        }
        if (!gone) {
            tell(state().at(Status.IDLE).with(Fault.FAILURE_ON_STOP, "a process of it cannot be ended"));
            return false;
        }
        return goesOn(now, broken);
    }

    private synchronized void setRun(@Nullable Run now) {
        run = now;
    }

    private synchronized boolean isWanted() {
        return wanted;
    }

    private synchronized Duration delay() {
        return shutdownDelay;
    }

    /// Returns when it is over, is to be stopped or restarted, or breaks its bounds.
    ///
    /// @return how it breaks them; else empty
    private String watch(Run now) throws InterruptedException {
        CompletableFuture<Void> _ = now.leader().onExit().thenRun(this::wake);
        long activeSince = 0;
        while (true) {
            if (now.isOver()) {
                // the kernel may have ended it for what it did
                return now.broken();
            }
            String broken = now.broken();
            if (!broken.isEmpty()) {
                return broken;
            }
            if (activeSince == 0 && now.hasSettled()) {
                activeSince = System.nanoTime();
                tell(state().at(Status.ACTIVE).with(Fault.NO_FAULT, ""));
            }
            synchronized (this) {
                if (!wanted || again) {
                    return "";
                }
                long period = Duration.ofSeconds(policy.resetPeriod()).toNanos();
                if (activeSince != 0 && period > 0 && System.nanoTime() - activeSince > period) {
                    state = state.retried(0);
                }
                if (!now.isOver()) {
                    wait((activeSince == 0 ? Limits.SETTLE.dividedBy(4) : Limits.TICK).toMillis());
                }
            }
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    private boolean goesOn(Run ended, String broken) throws InterruptedException {
        UnitState next;
        synchronized (this) {
            if (!wanted) {
                next = state.at(Status.IDLE);
            } else if (again) {
                again = false;
                next = state.at(Status.STARTING);
            } else if (broken.isEmpty() && ended.leader().exitValue() == 0) {
                next = state.at(Status.IDLE).with(Fault.NO_FAULT, "");
            } else {
                next = failed(ended, broken);
            }
        }
        if (next.nextRestart().isEmpty()) {
            tell(next);
            return next.status() == Status.STARTING;
        }
        tell(next);
        return startedAgain(next.nextRestart().get());
    }

    private UnitState failed(Run ended, String broken) {
        int status = ended.leader().exitValue();
        String why = broken.isEmpty() ? words(status) + ended.lastWords() : broken;
        Fault fault = Fault.FAILURE_WHILE_ACTIVE;
        if (state.status() != Status.ACTIVE) {
            fault = automatic ? Fault.FAILURE_ON_AUTO_START : Fault.FAILURE_ON_START;
            if (broken.isEmpty() && status >= CANNOT_BE_CAGED && status <= NOT_FOUND) {
                return state.at(Status.IDLE).with(Fault.UNSTARTABLE, why);
            }
        }
        UnitState next = state.at(Status.IDLE).with(fault, why);
        return policy.allows(state.retries())
                ? next.waitingUntil(Instant.now()
                        .plus(policy.before(
                                state.retries(), ThreadLocalRandom.current().nextDouble())))
                : next;
    }

    private static String words(int status) {
        return switch (status) {
            case CANNOT_BE_CAGED -> "its bounds cannot be set";
            case CANNOT_BE_RUN -> "its program cannot be run";
            case NOT_FOUND -> "its program is not there, or lacks what it needs";
            default ->
                status > SIGNAL ? "it was ended by signal " + (status - SIGNAL) : "it ended with status " + status;
        };
    }

    private boolean startedAgain(Instant when) throws InterruptedException {
        synchronized (this) {
            while (wanted && !again) {
                long left = Duration.between(Instant.now(), when).toMillis();
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
            again = false;
            if (!wanted) {
                become(state.at(Status.IDLE));
            } else {
                become(state.restartedNow());
            }
        }
        changed.run();
        return isWanted();
    }

    /// KiB of memory that it has, 0 where it does not run, -1 where that is not known.
    public long memory() {
        Run now = running();
        return now == null ? 0 : now.memory();
    }

    /// Percent of all processors that it uses, 0 where it does not run, -1 where that is not known.
    public int processor() {
        Run now = running();
        return now == null ? 0 : now.processor();
    }

    private synchronized @Nullable Run running() {
        return run;
    }
}
