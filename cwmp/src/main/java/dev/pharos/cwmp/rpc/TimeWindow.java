// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.time.Duration;

/// When a scheduled download may happen, as TimeWindowStruct, counted from the request on.
///
/// @param start in whole seconds
/// @param end in whole seconds
/// @param mode `1 At Any Time`, `2 Immediately`, `3 When Idle`, `4 Confirmation Needed`, or a vendor's
/// @param userMessage what a user is asked where confirmation is needed
/// @param maxRetries -1 where the device may decide
public record TimeWindow(Duration start, Duration end, String mode, String userMessage, int maxRetries) {}
