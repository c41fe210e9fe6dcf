# SPDX-License-Identifier: Apache-2.0
model urn:broadband-forum-org:tr-181-2-19-0

object Device. readOnly

object Device.ManagementServer. readOnly

object Device.ManagementServer.StandbyPolicy. readOnly
  desc "When the ACS hears that the device has stood by."
  param CRUnawarenessMaxDuration readWrite int range=-1.. unit=seconds default=-1
  param MaxMissedPeriodic readWrite int range=-1.. default=-1
  param NotifyMissedScheduled readWrite boolean default=false
  param NetworkAwarenessCapable readOnly boolean default=false
  param SelfTimerCapable readOnly boolean default=false
  param CRAwarenessRequested readWrite boolean default=false
  param PeriodicAwarenessRequested readWrite boolean default=false
  param ScheduledAwarenessRequested readWrite boolean default=false
