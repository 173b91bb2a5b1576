using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Storage;

namespace PinnSweep.Api;

/// <summary>What endpoints about studies work with.</summary>
internal sealed record ApiParts(ApiOptions Options, ClusterNode Node, Store Store, StudyIndex Studies, Coordinator Coordinator, TimeProvider Clock, ILogger Log) : IAsyncDisposable
{
    private LiveReports? _reports;

    /// <summary>Studies as they stand.</summary>
    public StudyStates States { get; } = new(Store, Studies, Coordinator);

    /// <summary>Reports as pages show them.</summary>
    public LiveReports Reports => _reports ??= new(Store, Studies, States, Clock, Log);

    public ValueTask DisposeAsync() => Reports.DisposeAsync();

    /// <summary>What happened to them.</summary>
    public StudyEvents Events { get; } = new(Store, Clock);
}
