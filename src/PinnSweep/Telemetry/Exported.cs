using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Processes;

namespace PinnSweep.Telemetry;

/// <summary>What is exported, whichever way, and under which name.</summary>
internal static class Exported
{
    /// <summary>The service's name, unless <c>OTEL_SERVICE_NAME</c> gives another.</summary>
    public const string Service = "pinnsweep";

    /// <summary>The program's own meter, the server's and the runtime's.</summary>
    public static IReadOnlyList<string> Meters { get; } = [Metering.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime"];

    /// <summary>Who exports: program, version and node; the standard's variables are stronger.</summary>
    public static ResourceBuilder Resource(string node) => ResourceBuilder.CreateEmpty()
        .AddTelemetrySdk()
        .AddService(Service, serviceVersion: DefectReport.Version, autoGenerateServiceInstanceId: false, serviceInstanceId: node)
        .AddEnvironmentVariableDetector();

    /// <summary>Reads all of the meters.</summary>
    public static MeterProviderBuilder Read(this MeterProviderBuilder metrics, string node) => metrics.SetResourceBuilder(Resource(node)).AddMeter([.. Meters]);
}
