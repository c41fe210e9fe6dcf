// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.campaign.CampaignState.Held;
import dev.pharos.controller.campaign.CampaignState.Paused;
import dev.pharos.controller.campaign.CampaignState.Ready;
import dev.pharos.controller.campaign.CampaignState.RollingBack;
import dev.pharos.controller.campaign.CampaignState.Running;
import dev.pharos.controller.campaign.CampaignState.Stopped;
import dev.pharos.controller.campaign.CampaignState.Unapproved;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What people have a campaign do. Each changes nothing, and says how the campaign would stand after it.
public final class Orders {
    private final Campaign campaign;
    private final String by;
    private final Instant now;

    /// @param by whose order it is
    public Orders(Campaign campaign, String by, Instant now) {
        this.campaign = campaign;
        this.by = by;
        this.now = now;
    }

    /// @throws RefusedException where it needs no approval, or not of this person
    public Campaign approve() throws RefusedException {
        if (!(campaign.state() instanceof Unapproved)) {
            throw not("approved", "only one that is unapproved is");
        }
        if (by.equals(campaign.createdBy())) {
            throw new RefusedException("Who made a campaign does not approve it; somebody other than " + by
                    + " who may manage the fleet does.");
        }
        return campaign.approved(by, now);
    }

    /// @param devices how many it concerns
    /// @throws RefusedException where it is not ready, or its waves do not fit that number
    public Campaign start(int devices) throws RefusedException {
        mayStart();
        if (devices == 0) {
            throw new RefusedException("No device is meant now; a campaign concerns at least one.");
        }
        List<Integer> sizes;
        try {
            sizes = campaign.plan().waves().of(devices);
        } catch (RefusedException misfit) {
            throw new RefusedException("Its waves " + misfit.reason() + ".");
        }
        return campaign.started(sizes, by, now);
    }

    /// @throws RefusedException where it is not ready
    public void mayStart() throws RefusedException {
        if (campaign.state() instanceof Unapproved) {
            throw new RefusedException("It is not approved; somebody other than " + campaign.createdBy()
                    + " who may manage the fleet approves it first.");
        }
        if (!(campaign.state() instanceof Ready)) {
            throw not("started", "only one that is ready is");
        }
    }

    public Campaign pause() throws RefusedException {
        if (campaign.state() instanceof Running(Leg leg)) {
            return campaign.to(new Paused(leg, "paused by " + by), "paused by " + by, now);
        }
        throw not("paused", "only one that is running is");
    }

    /// A campaign that is held begins its next wave.
    public Campaign resume() throws RefusedException {
        return switch (campaign.state()) {
            case Paused(Leg leg, String _) -> campaign.to(new Running(leg), "resumed by " + by, now);
            case Held(int wave, String _)
            when wave < campaign.plan().last() ->
                campaign.to(
                        new Running(new Leg.Due(wave + 1)),
                        "resumed by " + by + ", who has wave " + (wave + 2) + " begin",
                        now);
            case Held _ -> throw new RefusedException("Its last wave is over, so there is nothing to resume; stop it.");
            default -> throw not("resumed", "only one that is paused or held is");
        };
    }

    public Campaign stop() throws RefusedException {
        return switch (campaign.state().kind()) {
            case UNAPPROVED, READY, RUNNING, PAUSED, HELD ->
                campaign.to(new Stopped("stopped by " + by), "stopped by " + by, now);
            case STOPPED, DONE, ROLLING_BACK, ROLLED_BACK -> throw not("stopped", "it has ended");
        };
    }

    public Campaign rollBack() throws RefusedException {
        return switch (campaign.state().kind()) {
            case PAUSED, HELD, STOPPED, DONE -> {
                if (campaign.updates().isEmpty()) {
                    throw new RefusedException("It has updated no device, so there is nothing to roll back.");
                }
                yield campaign.to(new RollingBack(Optional.empty()), "is rolled back by " + by, now);
            }
            case RUNNING -> throw not("rolled back", "stop it first");
            case UNAPPROVED, READY, ROLLING_BACK, ROLLED_BACK ->
                throw not("rolled back", "only one that is paused, held, stopped or done is");
        };
    }

    private RefusedException not(String done, String instead) {
        return new RefusedException("Campaign " + campaign.id() + " is "
                + campaign.state().kind().text() + ", so it is not " + done + ": " + instead + ".");
    }
}
