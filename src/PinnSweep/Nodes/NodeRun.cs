using System.Net;
using PinnSweep.Api;
using PinnSweep.Cluster.Alerts;
using PinnSweep.Cluster.Blobs;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Security;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Cluster.Working;
using PinnSweep.Logging;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Pages;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Storage.Blobs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Telemetry;
using PinnSweep.Terminals;
using PinnSweep.Trainers;

namespace PinnSweep.Nodes;

/// <summary>A node from its start to its end: store, cluster membership, HTTP, and the ways in which it stops.</summary>
internal static class NodeRun
{
    public static async Task<int> RunAsync(NodeRequest request, Terminal terminal, Interrupts interrupts)
    {
        FileMask.BePrivate();
        var profile = NodeProfile.Load(request.Profile);
        RequirePrivacy(request);
        // Only whoever coordinates tells anything; a worker may be given the same variables.
        var alerts = request is { Coordinates: true, Alerts: { } file } ? AlertPlanFile.Load(file) : null;
        var otlp = OtlpTarget.Of(request.Otlp, Environment.GetEnvironmentVariable);
        using var store = request.Coordinates ? Store.Open(request.Store, catalog: PinnCatalog.Instance) : null;
        using var work = request.Works ? WorkFolder.Take(request.Work) : null;
        await using var log = RunLog.Open(terminal.Error, LogPlace(request), request.Seq, request.Name);
        await using var export = OtlpExport.Start(otlp, request.Name, log.Loggers);
        var clock = TimeProvider.System;
        var tls = request.Tls is { } certificates ? NodeTls.Open(certificates, clock) : null;
        using var spool = request.Http is null ? null : SpoolFolder.Take(request);
        var http = request.Http is { } url ? Http(request, url, tls, spool!.Path) : null;

        using var turnover = tls is null ? null : new CertificateWatch(tls, clock, log.Loggers.CreateLogger("PinnSweep.Certificates"));
        ClusterNode? joined = null;
        using var remote = store is null ? new HttpBlobStore(() => joined?.BlobUrl, tls?.HttpHandler() ?? NodeTls.HttpHandler(null), request.Token, clock, log.Loggers.CreateLogger("PinnSweep.Blobs")) : null;
        var node = joined = await ClusterNode.StartAsync(Options(request, profile, work?.Path, tls, http, alerts, terminal.Error), store, store?.Blobs ?? (IBlobStore)remote!, log.Loggers, clock);
        NodeEnd? end;
        await using (node)
        {
            await using var api = http is null ? null : await ApiHost.StartAsync(http, node, request.Name, store, log.Loggers, clock);
            await terminal.Error.WriteLineAsync($"node {request.Name} is up at {node.Address}{(api is null ? "" : $", {api.Address}")}");
            interrupts.Message = request.Works ? "Stopping: running trials write a checkpoint; a second interrupt ends at once." : null;
            end = await EndedOrStopped(node, request, profile, clock, interrupts.Stop);
            if (end is null or NodeEnd.Refused or NodeEnd.NameTaken)
            {
                await node.DrainAsync(profile.DrainTimeout);
            }
        }

        if (end is NodeEnd.NameTaken)
        {
            throw new UserMistakeException($"--name {request.Name}: {node.EndReason}");
        }

        return end switch
        {
            null or NodeEnd.Drained => ExitCode.Done,
            NodeEnd.Refused => ExitCode.UserMistake,
            _ => ExitCode.LostCluster,
        };
    }

    /// <summary>Null when a stop was asked for, or the node's time is up.</summary>
    private static async Task<NodeEnd?> EndedOrStopped(ClusterNode node, NodeRequest request, NodeProfile profile, TimeProvider clock, CancellationToken stop)
    {
        using var timeIsUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (request.Until is { } until)
        {
            var left = until - clock.GetUtcNow() - profile.DrainTimeout;
            timeIsUp.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        try
        {
            // A worker that was drained beside a coordinator leaves the node where it is.
            return await node.Ended.WaitAsync(timeIsUp.Token);
        }
        catch (OperationCanceledException) when (timeIsUp.IsCancellationRequested)
        {
            return null;
        }
    }

    private static NodeOptions Options(NodeRequest request, NodeProfile profile, string? work, NodeTls? tls, ApiOptions? http, AlertPlanFile? alerts, TextWriter notices) => new(
        request.Name,
        request.Coordinates
            ? new(profile.Policy)
            {
                OfferTimeout = profile.OfferTimeout,
                BlobUrl = request.PublicUrl is { } url ? PublicUrl(url) : http?.Address.CalledBy(request.PublicHost ?? request.Host),
                Alerts = alerts is null ? null : new(alerts, request.Name) { Certificates = () => tls?.Ends() ?? [] },
            }
            : null,
        request.Works ? Worker(request, profile, work!, notices) : null)
    {
        Host = request.Host,
        PublicHost = request.PublicHost,
        Port = request.Port,
        Seeds = request.Seeds,
        Profile = profile,
        Tls = tls,
    };

    /// <summary>Beside the file of the store where there is one.</summary>
    private static string LogPlace(NodeRequest request) =>
        request.Coordinates && !StorePlace.Parse(request.Store).IsPostgres ? request.Store : WorkFolder.LogPlace(request.Work);

    private static ApiOptions Http(NodeRequest request, string url, NodeTls? tls, string spool)
    {
        var options = new ApiOptions(ApiAddress.Parse(url))
        {
            Tokens = request.Tokens is { } tokens ? TokenFile.Load(tokens) : null,
            Tls = tls,
            Pages = request.HasPages ? new WebPages() : null,
            WorkFolder = spool,
        };
        ApiHost.Check(options, request.Coordinates);
        return request.PlanningLimit is { } limit ? options with { PlanningLimit = limit } : options;
    }

    private static Uri PublicUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new UserMistakeException($"--public-url {NearestMatch.Quote(text)}: expected what workers call this node, for instance http://hub.lab.example:{NodeDefaults.HttpPort}");

    private static WorkerSettings Worker(NodeRequest request, NodeProfile profile, string work, TextWriter notices)
    {
        var trainer = new TrainerLaunch(TrainerProgram.Find(), new Dictionary<string, string>());
        trainer.Check();
        var devices = SlotPlan.Of(request.Slots, UsableGpus.Of(trainer.Path, notices), Environment.ProcessorCount, SlotPlan.Lanes(request.Lanes), request.Engine);
        return new(request.Name, devices.Length, trainer, work)
        {
            Devices = devices,
            LanesFile = Path.Combine(Path.GetFullPath(request.Work), WorkerSettings.LanesFileName),
            Engine = request.Engine,
            CheckpointEvery = profile.CheckpointEvery,
            ProgressEvery = profile.ProgressEvery,
            HangTimeout = profile.HangTimeout,
            Watchdog = profile.Watchdog,
            Until = request.Until,
            DiskFloor = profile.DiskFloor,
            KeepsNetworks = profile.KeepsNetworks,
            KeepsFinals = profile.KeepsFinals,
        };
    }

    private static void RequirePrivacy(NodeRequest request)
    {
        var isLocal = request.Host is "localhost" || (IPAddress.TryParse(request.Host, out var address) && IPAddress.IsLoopback(address));
        if (!isLocal && request.Tls is null && !request.Insecure)
        {
            throw new UserMistakeException(
                $"--host {request.Host}: whoever reaches this port could give orders to the cluster. Name certificates by --tls (pinnsweep certs init makes them), or say --insecure where the network itself is trusted");
        }
    }
}
