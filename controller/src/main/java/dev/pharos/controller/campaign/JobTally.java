// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

/// How far a job of a campaign is.
///
/// @param ended whether all of it is settled
/// @param whole whether it ended as it should: nobody cancelled it, and it could start
/// @param done devices
/// @param failed devices, and those of which it is not known
/// @param absent devices that never began: they were away, or gone from the inventory
/// @param offline devices that are waited for
/// @param open all others that are not settled
public record JobTally(boolean ended, boolean whole, long done, long failed, long absent, long offline, long open) {}
