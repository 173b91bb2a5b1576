namespace PinnSweep.Pages;

/// <summary>What a page says about the order that led to it: from words in the address, so that no address can have a page say anything else.</summary>
internal static class Said
{
    public static string? Sentence(string word) => word switch
    {
        "paused" => "The study pauses: what runs writes a checkpoint and is given back.",
        "resumed" => "The study goes on.",
        "cancelled" => "The study is cancelled. Submitted again, it goes on with what was finished.",
        "retried" => "Trials that were given up wait again.",
        "priority" => "The study has its new priority.",
        "drained" => "The worker was told to write checkpoints, give back what it trains and end.",
        "rested" => "The worker was told to write checkpoints and give back what it trains; it stays and takes nothing until it is told to.",
        "undrained" => "The worker takes work again.",
        "out" => "You are logged out.",
        _ => null,
    };
}
