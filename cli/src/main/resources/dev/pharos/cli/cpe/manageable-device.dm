# SPDX-License-Identifier: Apache-2.0
# Devices in the home that are managed for themselves, and have told the gateway who they are (TR-069 Annex F).
model urn:broadband-forum-org:tr-181-2-19-0

object Device. readOnly

object Device.ManagementServer. readOnly
  param ManageableDeviceNumberOfEntries readOnly unsignedInt
  param ManageableDeviceNotificationLimit readWrite unsignedInt unit=seconds default=0

object Device.ManagementServer.ManageableDevice.{i}. readOnly key ManufacturerOUI,SerialNumber,ProductClass
  desc "A device at home that has said by DHCP who it is, so that an ACS knows behind which gateway it stands."
  param ManufacturerOUI readOnly string len=6..6
  param SerialNumber readOnly string len=..64
  param ProductClass readOnly string len=..64
  param Host readOnly string list ref=weak
