// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery;

import dev.pharos.mtp.RetryBackoff;
import java.time.Duration;
import java.util.Optional;

/// What DHCP says about dealing with a Controller, beside where it is. They are parameters of its row in
/// `Device.LocalAgent.Controller.`.
///
/// @param provisioningCode `ProvisioningCode`, at most 64 characters
/// @param retryMinimumWait `USPNotifRetryMinimumWaitInterval`, 1 to 65535 s
/// @param retryMultiplier `USPNotifRetryIntervalMultiplier`, 1000 to 65535 thousandths
public record ControllerTerms(
        Optional<String> provisioningCode, Optional<Duration> retryMinimumWait, Optional<Integer> retryMultiplier) {
    public static final ControllerTerms NONE =
            new ControllerTerms(Optional.empty(), Optional.empty(), Optional.empty());

    /// How long to wait before retries, the specification's defaults where nothing was said.
    public RetryBackoff backoff() {
        return new RetryBackoff(
                retryMinimumWait.orElse(RetryBackoff.DEFAULT.minimumWait()),
                retryMultiplier.orElse(RetryBackoff.DEFAULT.multiplier()));
    }
}
