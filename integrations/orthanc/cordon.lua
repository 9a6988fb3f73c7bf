-- Sends a copy of every instance that Orthanc stores to Cordon. For Orthanc 1.9 and later; see README.md beside this file.
--
-- Copies go out as jobs: nothing that Orthanc receives or forwards waits for them, and what Cordon answers changes nothing. A copy
-- that was not taken is sent again once Cordon takes another, or at the next heartbeat (Orthanc 1.11 with LuaHeartBeatPeriod).

-- How: 'modality' (C-STORE), 'dicomweb' (STOW-RS), or 'peer' (HTTP, as to another Orthanc).
local ROUTE = 'modality'

-- The name that orthanc.json gives Cordon: under DicomModalities, DicomWeb / Servers, or OrthancPeers.
local TARGET = 'cordon'

-- What Orthanc makes itself (anonymized, modified) is sent too. To leave out what came some way, name its RequestOrigin (DicomProtocol,
-- RestApi, WebDav, Lua, Plugins) here, as in { Lua = true }.
local LEAVE_OUT = {}

local URI = {
   modality = '/modalities/' .. TARGET .. '/store',
   dicomweb = '/dicom-web/servers/' .. TARGET .. '/stow',
   peer = '/peers/' .. TARGET .. '/store'
}

-- Cordon's jobs under way, and the instances of those that failed. Other jobs of this Orthanc are left alone.
local underWay = {}
local failed = {}

local function send(instanceId)
   local answer = RestApiPost(URI[ROUTE], '{"Resources":["' .. instanceId .. '"],"Synchronous":false}')
   local job = answer and ParseJson(answer)
   if job and job['ID'] then
      underWay[job['ID']] = instanceId
   else
      print('cordon.lua: no copy of instance ' .. instanceId .. ': is "' .. TARGET .. '" in orthanc.json?')
   end
end

local function sendAgain()
   local instances = failed
   failed = {}
   for _, instanceId in ipairs(instances) do
      send(instanceId)
   end
end

function OnStoredInstance(instanceId, tags, metadata, origin)
   if not LEAVE_OUT[origin['RequestOrigin']] then
      send(instanceId)
   end
end

function OnJobFailure(jobId)
   if underWay[jobId] then
      table.insert(failed, underWay[jobId])
      underWay[jobId] = nil
   end
end

function OnJobSuccess(jobId)
   if underWay[jobId] then
      underWay[jobId] = nil
      sendAgain()
   end
end

function OnHeartBeat()
   sendAgain()
end
