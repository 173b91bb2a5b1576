namespace PinnSweep.Storage.Alerts;

/// <summary>What makes the alerts of one store differ from those of any other.</summary>
/// <param name="Id">Made at random when alerts were first asked for; part of every alert's id.</param>
/// <param name="BeganAt">When that was: nothing that happened before is told.</param>
public sealed record AlertOrigin(string Id, DateTimeOffset BeganAt);

/// <summary>An alert as it was raised.</summary>
/// <param name="Id">The same however often it is sent, and whoever coordinates.</param>
/// <param name="Event">What kind of thing happened.</param>
/// <param name="Study">The hash of the study that it is about; nothing where it is about none.</param>
/// <param name="At">When it happened.</param>
/// <param name="Body">The JSON that is sent.</param>
public sealed record StoredAlert(string Id, string Event, string Study, DateTimeOffset At, string Body);

/// <summary>What became of an alert on its way to one hook.</summary>
public enum DeliveryState
{
    /// <summary>It is tried again until it is taken.</summary>
    Pending,

    /// <summary>The hook took it.</summary>
    Delivered,

    /// <summary>It was tried for so long that it is no news any more.</summary>
    GivenUp,
}

/// <summary>An alert on its way to one hook.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Hook">The hook's name in the file of alerts.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAt">When it is tried next, or when it ended.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">Why the last try failed; nothing where none did.</param>
public sealed record StoredDelivery(StoredAlert Alert, string Hook, int Attempts, DateTimeOffset NextAt, DeliveryState State, string Reason);

/// <summary>Something that lasts and is told once each time it begins.</summary>
/// <param name="Event">What kind of thing.</param>
/// <param name="Subject">What it is about: a worker, a disk, a certificate; nothing where there is only one.</param>
/// <param name="Occurrence">How often it has begun, this time included.</param>
/// <param name="Since">When it began this time.</param>
/// <param name="IsTold">Whether this time was told.</param>
/// <param name="EndedAt">When it ended; null while it lasts.</param>
public sealed record StoredCondition(string Event, string Subject, int Occurrence, DateTimeOffset Since, bool IsTold, DateTimeOffset? EndedAt);
