using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Pages;

/// <summary>Orders that forms of pages send. Each changes something once and leads back to where its effect is seen.</summary>
internal static class OrderEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        Study("pause", "paused", hash => new PauseRequest(hash));
        Study("resume", "resumed", hash => new ResumeRequest(hash));
        Study("cancel", "cancelled", hash => new CancelRequest(hash));
        Study("retry", "retried", hash => new RetryRequest(hash));
        Order("/orders/studies/{id}/priority", async (context, form, cancel) =>
        {
            var study = await parts.Studies.FindAsync((string)context.Request.RouteValues["id"]!, cancel);
            var status = await StudyModels.StatusAsync(parts, study.Hash, study.Name, cancel);
            if (status.IsCancelled)
            {
                throw new RefusalException(StatusCodes.Status409Conflict, $"study {study.Name} is cancelled; it has no share of the workers");
            }

            await parts.Coordinator.OrderAsync(new SubmitRequest(study.Hash, PlacementOf(form)), study.Name, cancel);
            return $"{Links.Study(study.Hash)}?said=priority";
        });
        Worker("drain", "drained", name => new DrainWorker(name));
        Worker("rest", "rested", name => new RestWorker(name));
        Worker("undrain", "undrained", name => new WakeWorker(name));

        void Worker(string word, string said, Func<string, IClusterMessage> message) => Order($"/orders/workers/{word}", async (_, form, cancel) =>
        {
            var name = Forms.Field(form, "worker");
            await WorkerEndpoints.OrderAsync(parts, name, message(name), cancel);
            return $"/cluster?said={said}";
        });

        void Study(string word, string said, Func<string, IClusterMessage> message) => Order($"/orders/studies/{{id}}/{word}", async (context, _, cancel) =>
        {
            var study = await parts.Studies.FindAsync((string)context.Request.RouteValues["id"]!, cancel);
            await parts.Coordinator.OrderAsync(message(study.Hash), study.Name, cancel);
            return $"{Links.Study(study.Hash)}?said={said}";
        });

        void Order(string address, Func<HttpContext, IFormCollection, CancellationToken, Task<string>> order) => routes
            .MapPost(address, async (HttpContext context, CancellationToken cancel) => new SeeOther(await order(context, await Forms.ReadOwnAsync(context, cancel), cancel)))
            .Needs(Role.Operate)
            .WithMetadata(new TakesForms());
    }

    private static Placement PlacementOf(IFormCollection form)
    {
        var device = Forms.Field(form, "device");
        return new(
            Whole(form, "priority", -1_000_000, 1_000_000) ?? 0,
            Whole(form, "most", 1, 1_000_000),
            device is "" ? null : device is Devices.Cpu or Devices.Gpu ? device : throw RefusalException.BadRequest($"device {NearestMatch.Quote(device)} is unknown{NearestMatch.Hint(device, [Devices.Cpu, Devices.Gpu])}"));
    }

    private static int? Whole(IFormCollection form, string name, int least, int most)
    {
        var text = Forms.Field(form, name).Trim();
        return text.Length == 0 ? null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
            : throw RefusalException.BadRequest(string.Create(CultureInfo.InvariantCulture, $"{name} {NearestMatch.Quote(text)}: expected a whole number from {least} to {most}"));
    }
}
