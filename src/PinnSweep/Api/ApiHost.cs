using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Logging;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Api;

/// <summary>
/// The HTTP interface of a node. A node with the store serves everything; one that only trains tells health, version and metrics. Nothing is read
/// from the environment or from settings files: what is served where is said by <see cref="ApiOptions"/> alone.
/// </summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);
    private readonly WebApplication _app;
    private readonly ApiParts? _parts;

    private ApiHost(WebApplication app, ApiParts? parts, Uri address) => (_app, _parts, Address) = (app, parts, address);

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Starts to serve.</summary>
    /// <param name="options">Where, and for whom.</param>
    /// <param name="node">The node that asks the coordinator.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="store">The store; null on a node that only trains.</param>
    /// <param name="loggers">Where logs go.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="UserMistakeException">The address cannot be used, or would open the cluster to everybody.</exception>
    public static async Task<ApiHost> StartAsync(ApiOptions options, ClusterNode node, string name, Store? store, ILoggerFactory loggers, TimeProvider clock)
    {
        Check(options, store is not null);
        if (Directory.Exists(options.WorkFolder))
        {
            Directory.Delete(options.WorkFolder, recursive: true);
        }

        var log = loggers.CreateLogger("PinnSweep.Api");
        var app = Build(options, name, loggers, log, clock);
        ApiParts? parts = null;
        app.UseMiddleware<Edge>(log);
        app.UseStatusCodePages(context => ProblemAnswer.WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode, Words(context.HttpContext)));
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRequestTimeouts();
        NodeEndpoints.Map(app, node, name, store is not null);
        MetricsEndpoint.Map(app);
        if (store is not null)
        {
            parts = new(options, node, store, new(store, new(options.PlanningLimit, clock)), new(node.Coordinator, options.AskTimeout), clock, log);
            StudyEndpoints.Map(app, parts);
            PriorityEndpoint.Map(app, parts);
            AskEndpoints.Map(app, parts);
            AnnotationEndpoints.Map(app, parts);
            TrialEndpoints.Map(app, parts);
            CellEndpoints.Map(app, parts);
            WatchEndpoint.Map(app, parts);
            EventEndpoint.Map(app, parts);
            CompareEndpoint.Map(app, parts);
            WorkerEndpoints.Map(app, parts);
            BlobEndpoints.Map(app, parts);
            ReportEndpoints.Map(app, parts);
            FigureEndpoints.Map(app, parts);
            TrialFigureEndpoints.Map(app, parts);
            app.MapOpenApi("/openapi.json").Needs(Role.Read);
            options.Pages?.Map(app, parts);
        }

        try
        {
            await app.StartAsync();
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new UserMistakeException($"--http {options.Address.At(options.Address.EndPoint.Port)}: cannot be used ({taken.Message}); choose another port, or off", taken);
        }

        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        LogEvents.HttpServed(log, options.Address.At(address.Port));
        return new(app, parts, options.Address.At(address.Port));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (var patience = new CancellationTokenSource(StopTimeout))
        {
            await _app.StopAsync(patience.Token);
        }

        await _app.DisposeAsync();
        if (_parts is not null)
        {
            await _parts.DisposeAsync();
            await _parts.Studies.DisposeAsync();
        }
    }

    /// <summary>Looks at what was asked before anything is started.</summary>
    /// <exception cref="UserMistakeException">It would open the cluster to everybody, or lacks certificates.</exception>
    public static void Check(ApiOptions options, bool hasStore)
    {
        if (!options.Address.IsLocal && options.Tokens is null && hasStore)
        {
            throw new UserMistakeException(
                $"--http {options.Address.At(options.Address.EndPoint.Port)}: whoever reaches this port could give orders to the cluster. Name a file of tokens by --tokens (lines like `operate TOKEN`), or listen on 127.0.0.1");
        }

        if (options.Address.IsTls && options.Tls is null)
        {
            throw new UserMistakeException($"--http {options.Address.At(options.Address.EndPoint.Port)}: https needs the node's certificates; name their folder by --tls");
        }

        PortProbe.Check($"--http {options.Address.At(options.Address.EndPoint.Port)}", options.Address.EndPoint, "choose another port by --http, or off");
    }

    private static WebApplication Build(ApiOptions options, string name, ILoggerFactory loggers, ILogger log, TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(ApiHost).Assembly.GetName().Name, EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaximumStudyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.MaxRequestLineSize = 8 << 10;
            kestrel.Limits.MaxRequestHeaderCount = 50;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MaxConcurrentConnections = 2000;
            kestrel.Listen(options.Address.EndPoint, listen =>
            {
                listen.Protocols = options.Address.IsTls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
                if (options.Address.IsTls)
                {
                    // Of each connection anew, for certificates change while the node runs.
                    listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => options.Tls!.Certificate);
                }
            });
        });
        builder.Services.AddSingleton(loggers);
        // The composition root answers signals.
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime>(new NoLifetime()));
        builder.Services.AddRouting();
        MetricsEndpoint.Add(builder.Services, name);
        Access.Add(builder.Services, options.Tokens, log, clock);
        if (options.Pages is { } pages)
        {
            builder.Services.AddSingleton(pages);
        }

        builder.Services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = options.RequestTimeout, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });
        builder.Services.AddOpenApi(document =>
        {
            AccessDocument.Add(document, options.Tokens is not null);
            RequestDocument.Add(document);
            document.AddDocumentTransformer((described, _, _) =>
            {
                described.Info = new() { Title = "PinnSweep", Version = DefectReport.Version, Description = "Studies of a cluster: submit, watch, order, report. Authorization: Bearer TOKEN where the node has tokens." };
                described.Servers?.Clear();
                return Task.CompletedTask;
            });
        });
        return builder.Build();
    }

    private static string Words(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "nothing is served at this address; GET /openapi.json tells what is",
        StatusCodes.Status405MethodNotAllowed => $"{context.Request.Method} is not served at this address; GET /openapi.json tells what is",
        StatusCodes.Status415UnsupportedMediaType => "this form of body is not read here; send a study as application/yaml, results of others as text/csv, everything else as application/json",
        StatusCodes.Status503ServiceUnavailable => "it took too long; try again",
        _ => "the request was not done",
    };

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
