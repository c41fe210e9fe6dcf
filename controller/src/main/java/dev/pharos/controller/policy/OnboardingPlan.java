// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.policy;

import dev.pharos.mtp.RetryBackoff;
import dev.pharos.usp.Frozen;
import java.time.Duration;
import java.util.List;

/// How new devices are learnt.
///
/// @param twinPaths objects whose parameters are read into the twin; for a large fleet few, such as
///     `Device.DeviceInfo.`
/// @param atOnce how many devices are learnt at the same time
/// @param callTimeout for each request
/// @param retry the waiting time after a failure
public record OnboardingPlan(
        List<String> twinPaths,
        List<SubscriptionTemplate> subscriptions,
        int atOnce,
        Duration callTimeout,
        RetryBackoff retry) {

    public static final OnboardingPlan DEFAULT = new OnboardingPlan(
            List.of("Device."), SubscriptionTemplate.DEFAULTS, 64, Duration.ofSeconds(30), RetryBackoff.DEFAULT);

    public OnboardingPlan {
        twinPaths = Frozen.list(twinPaths);
        subscriptions = Frozen.list(subscriptions);
        if (atOnce < 1) {
            throw new IllegalArgumentException("at least one device must be learnt at once: " + atOnce);
        }
    }

    public OnboardingPlan withTwinPaths(List<String> paths) {
        return new OnboardingPlan(paths, subscriptions, atOnce, callTimeout, retry);
    }

    public OnboardingPlan withRetry(RetryBackoff newRetry) {
        return new OnboardingPlan(twinPaths, subscriptions, atOnce, callTimeout, newRetry);
    }
}
