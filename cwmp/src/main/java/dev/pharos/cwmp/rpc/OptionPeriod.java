// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.cwmp.CwmpTime;
import java.util.Optional;

/// From when on an option is valid, and until when, if it expires.
public record OptionPeriod(CwmpTime startDate, Optional<CwmpTime> expirationDate) {}
