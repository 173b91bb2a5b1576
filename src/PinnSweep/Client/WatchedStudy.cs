using PinnSweep.Api;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Views;

namespace PinnSweep.Client;

/// <summary>What a whole picture of a study needs beside its state, asked for from time to time; what cannot be had now stays as it was.</summary>
internal sealed class WatchedStudy(ApiClient client, string study, TimeProvider clock)
{
    private const int EventsKept = 200;
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private readonly string _path = $"api/studies/{ApiClient.Part(study)}";
    private readonly List<EventModel> _events = [];
    private string _after = EventId.At(clock.GetUtcNow() - Past);

    /// <summary>The cells; null before they were told.</summary>
    public CellsModel? Cells { get; private set; }

    /// <summary>The workers; null before they were told.</summary>
    public WorkersModel? Workers { get; private set; }

    /// <summary>What happened, the oldest first.</summary>
    public IReadOnlyList<EventModel> Events { get; private set; } = [];

    /// <summary>Why nothing new is heard; null while it is.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Asks until it is ended.</summary>
    public async Task FollowAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                Cells = await client.GetAsync<CellsModel>($"{_path}/cells", stop);
                Workers = await client.GetAsync<WorkersModel>("api/workers", stop);
                var news = await client.GetAsync<EventsModel>($"{_path}/events{new Query().With("after", _after)}", stop);
                _events.AddRange(news.Items);
                _events.RemoveRange(0, Math.Max(0, _events.Count - EventsKept));
                (_after, Events) = (news.Next ?? _after, [.. _events]);
                Trouble = null;
            }
            catch (Exception away) when (away is UnreachableException or UserMistakeException or HttpRequestException)
            {
                Trouble = away.Message;
            }

            await Task.Delay(Between, clock, stop);
        }
    }
}
