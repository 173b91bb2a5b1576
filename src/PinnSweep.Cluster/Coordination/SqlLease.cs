using System.Data.Common;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Coordination;
using Akka.Hosting;
using Akka.Hosting.Coordination;
using PinnSweep.Cluster.Working;
using PinnSweep.Storage;
using PinnSweep.Storage.Coordination;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Lets the coordinator's singleton live only while its node holds the lease of the store. The lease is renewed at intervals; when another
/// took it, or it could not be renewed for as long as it lives, the singleton is told and stops. Whatever it still writes before it does
/// is refused by its token.
/// </summary>
internal sealed class SqlLease : Lease
{
    /// <summary>Where the settings stand; times of the lease may be set there.</summary>
    private const string Path = "pinnsweep.lease";

    private readonly CoordinatorLease _lease;
    private readonly TimeProvider _clock;
    private readonly string _holder;
    private Holding? _holding;

    /// <summary>Called by the singleton's manager, which finds the class by its settings.</summary>
    public SqlLease(LeaseSettings settings, ExtendedActorSystem system)
        : base(settings)
    {
        var shared = system.Settings.Setup.Get<Access>().Value;
        (_lease, _clock) = (shared.Lease, shared.Clock);
        _holder = HolderName(settings.OwnerName, Environment.MachineName, Processes.Network);
        // A system that ends without leaving, as one that the cluster removed, must not keep the lease alive.
        system.RegisterOnTermination(() => Volatile.Read(ref _holding)?.Released.TrySetResult());
    }

    private TimeSpan TimeToLive => Settings.TimeoutSettings.HeartbeatTimeout;

    /// <summary>
    /// What a node that was started again calls itself again and no other does. Two machines may both call themselves 127.0.0.1, and, when
    /// one was cloned from the other, by one name: they would take the right from each other for ever.
    /// </summary>
    internal static string HolderName(string owner, string machine, string? network) =>
        network is not null && (owner.Contains("@127.", StringComparison.Ordinal) || owner.Contains("@localhost", StringComparison.Ordinal) || owner.Contains("@[::1]", StringComparison.Ordinal))
            ? $"{owner} on {machine} ({network})"
            : $"{owner} on {machine}";

    /// <summary>Makes the lease of this store known to a node; null where the store is a file, which has one writer anyway.</summary>
    public static LeaseOptionBase? AddTo(AkkaConfigurationBuilder builder, Store store, TimeProvider clock)
    {
        if (store.Lease is not { } lease)
        {
            return null;
        }

        builder.AddSetup(new Access(lease, clock));
        return new Option();
    }

    public override Task<bool> Acquire() => Acquire(null);

    public override async Task<bool> Acquire(Action<Exception?>? leaseLostCallback)
    {
        // Counted from before the question, as the database counts from some time after.
        var asked = _clock.GetTimestamp();
        using var patience = new CancellationTokenSource(Settings.TimeoutSettings.OperationTimeout, _clock);
        if (await _lease.TryAcquireAsync(_holder, TimeToLive, patience.Token) is not { } token)
        {
            return false;
        }

        var holding = new Holding(token);
        Volatile.Write(ref _holding, holding);
        _ = HoldAsync(holding, asked, leaseLostCallback);
        return true;
    }

    public override async Task<bool> Release()
    {
        if (Interlocked.Exchange(ref _holding, null) is not { } holding)
        {
            return true;
        }

        holding.Released.TrySetResult();
        using var patience = new CancellationTokenSource(Settings.TimeoutSettings.OperationTimeout, _clock);
        return await _lease.ReleaseAsync(holding.Token, patience.Token);
    }

    public override bool CheckLease() => Volatile.Read(ref _holding) is not null;

    /// <summary>Renews until released or lost.</summary>
    private async Task HoldAsync(Holding holding, long renewed, Action<Exception?>? lost)
    {
        Exception? failure = null;
        while (Left() > TimeSpan.Zero && !await IsReleasedAsync(holding, Left()))
        {
            var asked = _clock.GetTimestamp();
            try
            {
                using var patience = new CancellationTokenSource(Left() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero, _clock);
                if (!await _lease.RenewAsync(holding.Token, TimeToLive, patience.Token))
                {
                    failure = null;
                    break;
                }

                (renewed, failure) = (asked, null);
            }
            catch (Exception unreachable) when (unreachable is DbException or SocketException or IOException or TimeoutException or OperationCanceledException)
            {
                // The database may be back before the lease runs out. That time was too short says less than what came before.
                failure = unreachable is OperationCanceledException ? failure ?? unreachable : unreachable;
            }
        }

        if (Interlocked.CompareExchange(ref _holding, null, holding) == holding && !holding.Released.Task.IsCompleted)
        {
            lost?.Invoke(failure);
        }

        TimeSpan Left() => TimeToLive - _clock.GetElapsedTime(renewed);
    }

    /// <summary>Waits for the next renewal, at most for what is left of the lease.</summary>
    private async Task<bool> IsReleasedAsync(Holding holding, TimeSpan left)
    {
        var pause = Settings.TimeoutSettings.HeartbeatInterval;
        try
        {
            await holding.Released.Task.WaitAsync(pause < left ? pause : left > TimeSpan.Zero ? left : TimeSpan.Zero, _clock);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>An acquisition until it is given back or lost.</summary>
    private sealed class Holding(long token)
    {
        public long Token => token;

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>How the lease gets at the store: it is made by its class's name.</summary>
    private sealed class Access(CoordinatorLease lease, TimeProvider clock) : Setup
    {
        public CoordinatorLease Lease => lease;

        public TimeProvider Clock => clock;
    }

    private sealed class Option : LeaseOptionBase
    {
        public override string ConfigPath => Path;

        public override Type Class => typeof(SqlLease);

        public override void Apply(AkkaConfigurationBuilder builder, Setup? setup = null)
        {
            // The settings are part of every node's.
        }
    }
}
