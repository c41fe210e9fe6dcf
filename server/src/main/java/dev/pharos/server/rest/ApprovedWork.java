// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.profile.ProfileDesk;
import dev.pharos.server.profile.ProfileDesk.Made;
import java.util.List;

/// Does what a second person has approved, as if whoever asked for it did it now.
public final class ApprovedWork {
    private final JobDesk jobs;
    private final ProfileDesk profiles;

    public ApprovedWork(JobDesk jobs, ProfileDesk profiles) {
        this.jobs = jobs;
        this.profiles = profiles;
    }

    /// @param by who asked for it
    /// @return the jobs that do it
    /// @throws ApiException where it cannot be done now
    List<Long> make(HeldWork work, String by) {
        return switch (work) {
            case HeldWork.MadeJob(var body) -> List.of(jobs.make(body, by).id());
            case HeldWork.AppliedProfiles(var text, var perMinute, var concurrency) ->
                ids(ProfileRequests.refusing(() -> profiles.apply(
                        ProfileRequests.profiles(text), ProfileRequests.pace(perMinute, concurrency), by)));
            case HeldWork.UndoneProfile(var body, var perMinute, var concurrency) ->
                ids(List.of(ProfileRequests.undo(profiles, body, ProfileRequests.pace(perMinute, concurrency), by)));
        };
    }

    private static List<Long> ids(List<Made> made) {
        return made.stream().map(each -> each.job().id()).toList();
    }

    /// Has all parts see it, once it is written down.
    void begin() {
        profiles.changed();
        jobs.wake();
    }
}
