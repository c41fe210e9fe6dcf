// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.controller.query.Condition;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Jobs, and how each device of theirs stands. Thread-safe, and used by any number of servers at once; every method
/// throws [dev.pharos.controller.store.StoreException] where the store cannot do it, and then nothing of it is done.
public interface JobStore {

    /// @return empty where there are as many open jobs as may be
    Optional<Job> add(JobPlan plan, String createdBy, Instant now);

    Optional<Job> find(long job);

    /// The newest first.
    ///
    /// @param before only those with a smaller number
    List<Job> list(long before, int limit);

    /// Those that have not ended, the oldest first.
    List<Job> open();

    Map<Long, JobProgress> progress(Collection<Long> jobs);

    /// Ordered by device.
    ///
    /// @param kind only those that stand so; empty for all
    /// @param after only devices whose id comes after it, empty for the first
    List<Target> targets(long job, Optional<TargetState.Kind> kind, String after, int limit);

    /// Moves a job from one of these states to another. A job that is cancelled takes all devices with it that have not
    /// begun.
    ///
    /// @return whether it was in one of them
    boolean move(long job, Set<JobState> from, JobState to, String note, Instant now);

    /// Fixes which devices a job concerns, and starts it, where it still waits.
    ///
    /// @param condition what its query means; empty where it names its devices
    /// @return how many they are; nothing is fixed where they are more than `most`, or -1, where it must wait until
    ///     the job whose changes it takes back is at work on no device
    long start(Job job, Optional<Condition> condition, int most, Instant now);

    /// Begins with as many devices as the job's pace and `claim` allow: when this returns, they are written down as
    /// running.
    List<Attempt> claim(Job job, Gate gate, Claim claim);

    /// @param owner who claims
    /// @param until when others may think that it is no longer there
    /// @param most how many it can work on beside those that it has
    record Claim(String owner, Instant now, Instant until, int most) {}

    /// Writes down what became of an attempt, and that its next step begins where that is so.
    ///
    /// @return how the device stands now, which may be another way where the job was paused or cancelled;
    ///     empty where the attempt is no longer ours
    Optional<TargetState.Kind> settle(Attempt attempt, String owner, Settlement settlement, Instant now);

    /// Keeps what is ours from others for longer.
    void renew(String owner, Instant until);

    /// Takes back what others left unfinished who are no longer there: what may be repeated waits again, all else is
    /// uncertain.
    ///
    /// @return how many there were
    int recover(Job job, String owner, Instant now);

    /// Has devices that have returned done, among those that are waited for.
    void returned(Collection<EndpointId> devices, Instant now);

    /// The same for all devices that are not away, and those that were removed.
    void sweep(Instant now);

    /// Gives up what has not begun.
    void giveUp(Job job, Instant now);

    /// Ends the job where every device is settled.
    ///
    /// @param masked its plan without secrets, which is kept in place of the one with them
    /// @return whether it ended
    boolean end(Job job, JobPlan masked, Instant now);

    /// Does something for whoever a job belongs to: what is looked for meanwhile, here and in other stores that know
    /// owners, is theirs.
    default void forOwner(Job job, Runnable work) {
        work.run();
    }

    /// Forgets jobs that ended before this.
    void deleteBefore(Instant ended);
}
