// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.migration.MigrationPlace;
import dev.pharos.controller.query.Condition;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/// Campaigns, and which devices each concerns. Thread-safe, and used by any number of servers at once; every
/// method
/// throws [dev.pharos.controller.store.StoreException] where the store cannot do it, and then nothing of it is
/// done.
public interface CampaignStore {

    /// @return empty where there are as many as may be
    Optional<Campaign> add(CampaignPlan plan, String createdBy, Instant now);

    Optional<Campaign> find(long campaign);

    /// The newest first.
    ///
    /// @param before only those with a smaller number
    List<Campaign> list(long before, int limit);

    /// Those that do something by themselves now, the oldest first.
    List<Campaign> atWork();

    /// Those that have not ended and bring this image, or this software module.
    List<Long> with(long image);

    /// Keeps `to` in place of `from`, where that is still how it stands, and in the same step does this to the
    /// jobs of
    /// it that have not ended.
    ///
    /// @return whether it did
    boolean move(Campaign from, Campaign to, JobsThen jobs);

    /// What becomes of jobs that are under way.
    enum JobsThen {
        STAY,
        PAUSE,
        RESUME,
        /// What a device is at is finished, and none begins.
        CANCEL
    }

    /// Fixes in a random order which devices it concerns, with what each runs now, where it still stands as
    /// `from`; its
    /// revision is one more after that.
    ///
    /// @param condition what its query means; empty where it names its devices
    /// @param most nothing is fixed where they are more
    /// @return how many they are; empty where it stood otherwise
    Optional<Integer> fix(Campaign from, Optional<Condition> condition, int most);

    /// Makes a job, and in the same step keeps what the campaign is with it, where it still stands as `from`: no
    /// other
    /// server does it too.
    ///
    /// @return how it stands now; empty where it stood otherwise, or there are as many open jobs as may be
    Optional<Campaign> begin(Campaign from, JobPlan plan, LongFunction<Campaign> with, Instant now);

    JobTally tally(long job);

    /// Of all jobs of these campaigns, by job.
    Map<Long, JobTally> tallies(Collection<Long> campaigns);

    /// The devices at these positions.
    ///
    /// @param to exclusive
    Set<EndpointId> devices(long campaign, int from, int to);

    /// The devices that this job left in order.
    Set<EndpointId> done(long job);

    /// Events for the health gate, of those that the job updated and of the devices at the positions after it.
    ///
    /// @param position of the first that is not updated yet
    Compared.Counts counts(
            Campaign campaign, long job, int position, Measure.Subject subject, Instant from, Instant until);

    /// What a device ran before the campaign concerned it; of one that brings a software module, the version of that,
    /// and a blank text until [#begun]. Empty where the campaign does not concern it.
    Optional<String> former(long campaign, EndpointId device);

    /// Keeps which version of a software module a device had when the campaign came to it, once: what is kept already
    /// stays.
    ///
    /// @param version not blank
    void begun(long campaign, EndpointId device, String version);

    /// How its devices stand, in the order of its waves.
    ///
    /// @param place only those that are there, of a campaign that moves devices to USP; empty for all
    /// @param after position of the last one that is known already, -1 for none
    List<Standing> report(long campaign, Optional<MigrationPlace> place, int after, int limit);

    /// One device of a campaign.
    ///
    /// @param version what it ran before
    /// @param update how it stands in its wave; `pending` where that has not begun
    /// @param back how it stands in the roll-back; empty where there is none for it
    /// @param place on its way to USP, of a campaign that moves it there
    record Standing(
            int position, EndpointId device, String version, Step update, Optional<Step> back, MigrationPlace place) {}

    /// @param state as [dev.pharos.controller.job.TargetState.Kind#text]
    /// @param detail as a sentence, or empty
    /// @param changed empty where nothing has begun
    record Step(String state, String detail, Optional<Instant> changed) {}

    /// Does something for whoever a campaign belongs to: what is looked for meanwhile, here and in other stores that
    /// know owners, is theirs.
    default void forOwner(Campaign campaign, Runnable work) {
        work.run();
    }

    /// With its jobs.
    ///
    /// @return whether it was there and stood so
    boolean delete(Campaign campaign);
}
