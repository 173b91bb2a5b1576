using System.Data.Common;
using System.Text.Json;
using PinnSweep.Api;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Pages.Live;

/// <summary>
/// A trial as its page tells it: its curve while it grows, everything else when the coordinator says otherwise than before.
/// </summary>
internal sealed class TrialTopic(ApiParts parts, string key)
{
    /// <summary>The name of the part that holds the curve as JSON.</summary>
    public const string Curve = "curve";

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private TrialAnswer? _drawn;

    /// <summary>Tells until cancelled.</summary>
    public async Task TellAsync(LiveTopic topic, CancellationToken cancel)
    {
        var heard = parts.Clock.GetUtcNow();
        while (true)
        {
            var began = parts.Clock.GetTimestamp();
            try
            {
                await TellOnceAsync(topic, cancel);
                topic.Tell(await Silence.HeardAsync());
                heard = parts.Clock.GetUtcNow();
            }
            catch (Exception away) when (away is RefusalException or DbException or TimeoutException)
            {
                topic.Tell(await Silence.SinceAsync(Silence.Whose(away), heard, heard));
            }

            var rest = LivePace.After(parts.Clock.GetElapsedTime(began));
            await Task.Delay(rest > Between ? rest : Between, parts.Clock, cancel);
        }
    }

    private async Task TellOnceAsync(LiveTopic topic, CancellationToken cancel)
    {
        var answer = await TrialEndpoints.AskAsync(parts, key, cancel);
        if (_drawn is null || _drawn.Phase != answer.Phase || !_drawn.Lines.SequenceEqual(answer.Lines))
        {
            var facts = await TrialFacts.OfAsync(parts, answer, cancel);
            topic.Tell([.. await PartsText.OfAsync(facts.Parts()), (Curve, Json(facts.Curve))]);
            _drawn = answer;
        }
        else if (answer.Phase == "running")
        {
            topic.Tell((Curve, Json(await Task.Run(() => TrialFacts.CurveOf(parts, null, answer.Key!.Value), cancel))));
        }
    }

    private static string Json(Views.CurveView curve) => JsonSerializer.Serialize(curve, ApiJson.Options);
}
