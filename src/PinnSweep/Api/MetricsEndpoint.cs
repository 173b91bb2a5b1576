using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using PinnSweep.Telemetry;

namespace PinnSweep.Api;

/// <summary>What Prometheus collects, from every node that serves HTTP.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Where it is served.</summary>
    public const string Path = "/metrics";

    public static void Add(IServiceCollection services, string node) =>
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.Read(node).AddPrometheusExporter());

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint(Path).Needs(Role.Read);
}
