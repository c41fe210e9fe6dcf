# SPDX-License-Identifier: Apache-2.0
# Things for which the device speaks (TR-069 Annex J, Embedded Object Mechanism).
model urn:broadband-forum-org:tr-181-2-19-0

object Device. readOnly

object Device.ManagementServer. readOnly
  param EmbeddedDeviceNumberOfEntries readOnly unsignedInt

object Device.ManagementServer.EmbeddedDevice.{i}. readOnly key ControllerID,ProxiedDeviceID
  desc "A thing for which the device speaks, and the row of the data model that it is."
  param ControllerID readOnly string len=..256
  param ProxiedDeviceID readOnly string len=..256
  param Reference readOnly string len=..256 ref=weak
  param ProxyProtocol readOnly string
  param LastSyncTime readOnly dateTime ignore
