/** Types of the Shopguide API, written by docs/generate_schema.py; do not edit. */
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Healthz
         * @description Whether the process is alive.
         */
        get: operations["HealthzHealthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * MetricsText
         * @description Figures in Prometheus' text format, of the worker that answers.
         */
        get: operations["MetricsMetricsText"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Readyz
         * @description Whether questions are answered, and what is missing for the best answers.
         */
        get: operations["ReadyzReadyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Offers
         * @description Change prices, list prices, availability, stock and promotions at once, up to 1,000 in a request.
         *
         *     Each change stands by itself: what fits is kept, what does not is listed in `rejected`. The answer comes after
         *     the changes are on the disk.
         */
        patch: operations["V1AdminOffersOffers"];
        trace?: never;
    };
    "/v1/admin/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Snapshots
         * @description Every snapshot on the disk, oldest first, and which is live.
         */
        get: operations["V1AdminSnapshotsSnapshots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/snapshots/{name}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Activate
         * @description Make a snapshot live once its files are checked; to roll back, activate the previous one.
         */
        post: operations["V1AdminSnapshotsNameActivateActivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/unanswered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Unanswered
         * @description Questions without an answer (`unanswerable`, `no_match`), counted together where they say the same.
         */
        get: operations["V1AdminUnansweredUnanswered"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/answers/{answer_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events
         * @description The events of an answer after `Last-Event-ID`, those to come included; nothing is generated again.
         */
        get: operations["V1AnswersAnswerIdEventsEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask
         * @description Answer a question from the shop's own records, with citations.
         *
         *     With `Accept: text/event-stream` or `stream: true` the answer comes as server-sent events: `status`,
         *     `products`, `text`, `citation`, `table`, `follow_ups`, `done`, or `error`. A stream that breaks can be
         *     resumed at `/v1/answers/{answer_id}/events`. The same `Idempotency-Key` and body give the same answer.
         */
        post: operations["V1AskAsk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/capabilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Capabilities
         * @description What can be asked: values and ranges of every filter, with counts.
         */
        get: operations["V1CapabilitiesCapabilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete
         * @description Answer the last message from the shop's own records, as a completion or as its chunks.
         *
         *     The text has `[n]` marks; with `reference: true` cards and citations come as data.
         */
        post: operations["V1ChatCompletionsComplete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare
         * @description Put products side by side: one row a field, one unit a row, null where a record does not say.
         */
        post: operations["V1CompareCompare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description What is kept of a conversation.
         */
        get: operations["V1ConversationsConversationIdShow"];
        put?: never;
        post?: never;
        /**
         * Erase
         * @description Remove a conversation with its answers, feedback and unanswered questions.
         */
        delete: operations["V1ConversationsConversationIdErase"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put
         * @description Say whether an answer was good.
         */
        post: operations["V1FeedbackPut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Models
         * @description Name the one model: this shop's guide.
         */
        get: operations["V1ModelsModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Model
         * @description Describe the model of this name.
         */
        get: operations["V1ModelsModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Product
         * @description One product's record and what it costs now.
         */
        get: operations["V1ProductsProductIdProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recommend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recommend
         * @description Recommend products that pass the filters, each with the reason from its own record; what can be had first.
         */
        post: operations["V1RecommendRecommend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search
         * @description Find records; filters act inside the search, never after it.
         */
        post: operations["V1SearchSearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ui/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat
         * @description Answer the last message as a UI message stream: text, sources, cards, table and follow-ups as parts.
         *
         *     The cards come back in the client's own messages, so that "the second one" is known without any state here.
         */
        post: operations["V1UiChatChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Config
         * @description Name, example questions and limits for the widget.
         */
        get: operations["V1WidgetConfigConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Activation */
        Activation: {
            before: string | null;
            changed: boolean;
            live: string;
        };
        /** Answer */
        Answer: {
            answer_id: string;
            as_of: string;
            citations: components["schemas"]["Citation"][];
            claims: components["schemas"]["ClaimSpan"][];
            confidence: number;
            conversation_id?: string | null;
            degraded: string[];
            evidence?: {
                [key: string]: unknown;
            }[] | null;
            follow_ups: string[];
            language: string;
            /** @enum {string} */
            outcome: "answered" | "nearest_match" | "needs_clarification" | "no_match" | "unanswerable" | "out_of_scope" | "refused";
            products: components["schemas"]["ProductCard"][];
            reason?: string | null;
            snapshot: string;
            table?: components["schemas"]["Table"] | null;
            text: string;
            timings: {
                [key: string]: number;
            };
            understanding: {
                [key: string]: unknown;
            };
            usage: {
                [key: string]: number;
            };
            /** @enum {string} */
            writer: "composer" | "generator";
        };
        /** AskRequest */
        AskRequest: {
            conversation_id?: string | null;
            /** @default false */
            explain: boolean;
            filters?: components["schemas"]["Filter"];
            history?: components["schemas"]["Turn"][];
            locale?: string | null;
            product_ids?: string[];
            profile_id?: string | null;
            question: string;
            /** @default false */
            stream: boolean;
        };
        /** Capabilities */
        Capabilities: {
            as_of: string;
            degraded: string[];
            facets: components["schemas"]["Facets"];
            filters: string[];
            generator: boolean;
            languages: string[];
            limits: {
                [key: string]: number;
            };
            record_types: string[];
            snapshot: string;
            sorts: string[];
            version: string;
        };
        /** Cell */
        Cell: {
            conflicts?: components["schemas"]["Conflict"][];
            n?: number | null;
            value: string | null;
        };
        /** ChatMessage */
        ChatMessage: {
            content?: string | components["schemas"]["Part"][] | null;
            reference?: components["schemas"]["Shown"] | null;
            /** @enum {string} */
            role: "system" | "developer" | "user" | "assistant";
        };
        /** ChatRequest */
        ChatRequest: {
            function_call?: unknown;
            logprobs?: boolean | null;
            messages: components["schemas"]["ChatMessage"][];
            modalities?: string[] | null;
            /** @default  */
            model: string;
            n?: number | null;
            /** @default false */
            reference: boolean;
            response_format?: {
                [key: string]: unknown;
            } | null;
            stream?: boolean | null;
            stream_options?: components["schemas"]["StreamOptions"] | null;
            tool_choice?: unknown;
        };
        /** Choice */
        Choice: {
            /** @enum {string} */
            finish_reason: "stop" | "content_filter";
            /** @default 0 */
            index: number;
            logprobs?: null;
            message: components["schemas"]["Message"];
        };
        /** Citation */
        Citation: {
            field: string;
            language: string;
            n: number;
            quote: string;
            record_id: string;
            source: string;
            value?: string | null;
        };
        CitationEvent: {
            /** @description What a `[n]` mark stands for. */
            data: {
                field: string;
                language: string;
                n: number;
                quote: string;
                record_id: string;
                source: string;
                /** @default null */
                value: string | null;
            };
            /** @constant */
            event: "citation";
            id: number;
        };
        /** ClaimSpan */
        ClaimSpan: {
            citations: number[];
            end: number;
            kind: string;
            start: number;
            text: string;
        };
        /** CompareRequest */
        CompareRequest: {
            fields?: string[];
            locale?: string | null;
            product_ids: string[];
        };
        /** Comparison */
        Comparison: {
            as_of: string;
            citations: components["schemas"]["Citation"][];
            degraded: string[];
            language: string;
            products: components["schemas"]["ProductCard"][];
            snapshot: string;
            table: components["schemas"]["Table"];
        };
        /** Completion */
        Completion: {
            choices: components["schemas"]["Choice"][];
            created: number;
            id: string;
            /** @default shopguide */
            model: string;
            /**
             * @default chat.completion
             * @constant
             */
            object: "chat.completion";
            usage?: components["schemas"]["Usage"];
        };
        /** Conflict */
        Conflict: {
            n: number;
            quote: string;
        };
        /** ConversationShown */
        ConversationShown: {
            conversation_id: string;
            made_at: string;
            seen_at: string;
            turns: components["schemas"]["TurnShown"][];
        };
        /** Coverage */
        Coverage: {
            attributes: {
                [key: string]: number;
            };
            brand: number;
            category: number;
            in_stock: number;
            price: number;
            rating_min: number;
        };
        DoneEvent: {
            /** @description The rest of the answer. */
            data: {
                as_of: string;
                claims: components["schemas"]["EventClaimSpan"][];
                confidence: number;
                /** @default [] */
                degraded: string[];
                /** @default null */
                evidence: Record<string, never>[] | null;
                language: string;
                outcome: string;
                /** @default null */
                reason: string | null;
                snapshot: string;
                timings: {
                    [key: string]: number;
                };
                understanding: Record<string, never>;
                usage: {
                    [key: string]: number;
                };
                /** @enum {unknown} */
                writer: "composer" | "generator";
            };
            /** @constant */
            event: "done";
            id: number;
        };
        /** Error */
        Error: {
            code: string;
            message: string;
            param?: string | null;
            type: string;
        };
        /** ErrorBody */
        ErrorBody: {
            error: components["schemas"]["Error"];
        };
        ErrorEvent: {
            /** @description Something broke after the stream had begun. */
            data: {
                detail: string;
                title: string;
                type: string;
            };
            /** @constant */
            event: "error";
            id: number;
        };
        /** @description One server-sent event of the native stream: `event`, `id`, and `data` as JSON. */
        Event: components["schemas"]["ProductsEvent"] | components["schemas"]["StatusEvent"] | components["schemas"]["TextEvent"] | components["schemas"]["CitationEvent"] | components["schemas"]["TableEvent"] | components["schemas"]["FollowUpsEvent"] | components["schemas"]["DoneEvent"] | components["schemas"]["ErrorEvent"];
        /**
         * Cell
         * @description A compared value and the number of its citation; None when the record does not say.
         */
        EventCell: {
            /** @default [] */
            conflicts: components["schemas"]["EventConflict"][];
            /** @default null */
            n: number | null;
            value: string | null;
        };
        /**
         * ClaimSpan
         * @description One checkable statement: Unicode code points [start, end) of the text and its citations.
         */
        EventClaimSpan: {
            citations: number[];
            end: number;
            kind: string;
            start: number;
            text: string;
        };
        /**
         * Conflict
         * @description What a text of the same product says against a compared value, and the number of its citation.
         */
        EventConflict: {
            n: number;
            quote: string;
        };
        /**
         * Money
         * @description An amount on the wire: `amount` in minor units of the ISO 4217 `currency`.
         */
        EventMoney: {
            amount: number;
            currency: string;
        };
        /**
         * Offer
         * @description What it costs now; amounts are minor units.
         */
        EventOffer: {
            /** @default null */
            as_of: string | null;
            availability: string;
            /** @default null */
            list_price: components["schemas"]["EventMoney"] | null;
            price: components["schemas"]["EventMoney"];
            /** @default null */
            promotion_id: string | null;
            /** @default null */
            stock: number | null;
            /** @default null */
            until: string | null;
            /** @default null */
            usual_price: components["schemas"]["EventMoney"] | null;
        };
        /**
         * ProductCard
         * @description A product the text speaks of; `unverified` names wishes that its record does not settle.
         */
        EventProductCard: {
            id: string;
            image: string | null;
            offer: components["schemas"]["EventOffer"] | null;
            title: string;
            /** @default [] */
            unverified: string[];
            url: string | null;
            /** @default null */
            variant_id: string | null;
            why: string;
        };
        /**
         * Table
         * @description An aligned comparison; `columns` are product ids.
         */
        EventTable: {
            columns: string[];
            rows: components["schemas"]["EventTableRow"][];
        };
        /**
         * TableRow
         * @description One compared field, a cell for each product.
         */
        EventTableRow: {
            cells: components["schemas"]["EventCell"][];
            field: string;
        };
        /** FacetValue */
        FacetValue: {
            count: number;
            value: string;
        };
        /** Facets */
        Facets: {
            attributes: {
                [key: string]: components["schemas"]["FacetValue"][];
            };
            available: number;
            brand_count: number;
            brands: components["schemas"]["FacetValue"][];
            categories: components["schemas"]["FacetValue"][];
            category_count: number;
            coverage: components["schemas"]["Coverage"];
            numbers: {
                [key: string]: components["schemas"]["NumberFacet"];
            };
            on_sale: number;
            prices: components["schemas"]["PriceFacet"][];
            rating: components["schemas"]["NumberFacet"] | null;
            total: number;
        };
        /** FeedbackRequest */
        FeedbackRequest: {
            answer_id: string;
            /** @default  */
            comment: string;
            /** @enum {string} */
            rating: "up" | "down";
        };
        /** Filter */
        Filter: {
            attributes?: {
                [key: string]: (string | boolean | number)[] | components["schemas"]["RangeFilter"];
            };
            brand?: string[];
            category?: string[];
            ids?: string[];
            in_stock?: boolean | null;
            not_attributes?: {
                [key: string]: (string | boolean | number)[] | components["schemas"]["RangeFilter"];
            };
            not_brand?: string[];
            price?: components["schemas"]["PriceFilter"] | null;
            rating_min?: number | null;
        };
        FollowUpsEvent: {
            /** @description Questions that would be answerable next. */
            data: {
                follow_ups: string[];
            };
            /** @constant */
            event: "follow_ups";
            id: number;
        };
        /** Health */
        Health: {
            status: string;
        };
        /** Measure */
        Measure: {
            unit: string;
            value: number;
        };
        /** Message */
        Message: {
            content: string;
            reference?: components["schemas"]["Reference"];
            refusal?: null;
            /**
             * @default assistant
             * @constant
             */
            role: "assistant";
        };
        /** ModelCard */
        ModelCard: {
            created: number;
            /** @default shopguide */
            id: string;
            /**
             * @default model
             * @constant
             */
            object: "model";
            /** @default shop */
            owned_by: string;
        };
        /** ModelList */
        ModelList: {
            data: components["schemas"]["ModelCard"][];
            /**
             * @default list
             * @constant
             */
            object: "list";
        };
        /** Money */
        Money: {
            amount: number;
            currency: string;
        };
        /** NumberFacet */
        NumberFacet: {
            count: number;
            max: number;
            min: number;
            unit: string;
        };
        /** OfferRow */
        OfferRow: {
            as_of?: string | null;
            /** @enum {null|string} */
            availability?: "in_stock" | "out_of_stock" | "preorder" | "backorder" | null;
            clear?: ("list_price" | "stock")[];
            id: string;
            list_price?: components["schemas"]["Money"] | null;
            price?: components["schemas"]["Money"] | null;
            stock?: number | null;
            variant_id?: string | null;
        };
        /** OffersAnswer */
        OffersAnswer: {
            accepted: number;
            rejected: components["schemas"]["Refused"][];
            seq: number;
            visible_within_ms: number;
        };
        /** OffersRequest */
        OffersRequest: {
            offers?: components["schemas"]["OfferRow"][];
            promotions?: {
                [key: string]: unknown;
            }[];
        };
        /** Part */
        Part: {
            /** @default  */
            text: string;
            type: string;
        };
        /** PassageRef */
        PassageRef: {
            field: string;
            language: string;
            record_id: string;
            text: string;
        };
        /** PriceFacet */
        PriceFacet: {
            all_cheapest: string[];
            all_dearest: string[];
            cheapest: string;
            count: number;
            dearest: string;
            max: components["schemas"]["Money"];
            min: components["schemas"]["Money"];
        };
        /** PriceFilter */
        PriceFilter: {
            currency: string;
            max?: number | null;
            min?: number | null;
        };
        /** ProblemBody */
        ProblemBody: {
            answer_id?: string | null;
            detail: string;
            status: number;
            title: string;
            type: string;
        };
        /** Product */
        Product: {
            attributes?: {
                [key: string]: boolean | number | string | string[] | components["schemas"]["Measure"];
            };
            brand?: string | null;
            bullets?: string[];
            categories?: string[];
            description?: string | null;
            gtin?: string | null;
            id: string;
            images?: string[];
            language?: string | null;
            offer?: components["schemas"]["catalog_model_Offer"] | null;
            rating?: components["schemas"]["Rating"] | null;
            /** @default  */
            source: string;
            tags?: string[];
            title: string;
            translations?: {
                [key: string]: components["schemas"]["Translation"];
            };
            /** @constant */
            type: "product";
            updated_at?: string | null;
            url?: string | null;
            variants?: components["schemas"]["Variant"][];
        };
        /** ProductAnswer */
        ProductAnswer: {
            as_of: string;
            offer: components["schemas"]["guide_wire_shapes_Offer"] | null;
            offers: {
                [key: string]: components["schemas"]["guide_wire_shapes_Offer"];
            };
            product: components["schemas"]["Product"];
            snapshot: string;
        };
        /** ProductCard */
        ProductCard: {
            id: string;
            image: string | null;
            offer: components["schemas"]["guide_wire_shapes_Offer"] | null;
            title: string;
            unverified?: string[];
            url: string | null;
            variant_id?: string | null;
            why: string;
        };
        ProductsEvent: {
            /** @description The cards, before any text. */
            data: {
                products: components["schemas"]["EventProductCard"][];
            };
            /** @constant */
            event: "products";
            id: number;
        };
        /** RangeFilter */
        RangeFilter: {
            max?: number | null;
            min?: number | null;
            unit?: string | null;
        };
        /** Rating */
        Rating: {
            count: number;
            value: number;
        };
        /** Readiness */
        Readiness: {
            degraded: string[];
            snapshot: string;
            status: string;
            why?: string | null;
        };
        /** RecommendRequest */
        RecommendRequest: {
            filters?: components["schemas"]["Filter"];
            /** @default 6 */
            k: number;
            locale?: string | null;
            product_ids?: string[];
            /** @default  */
            query: string;
        };
        /** Recommendations */
        Recommendations: {
            as_of: string;
            citations: components["schemas"]["Citation"][];
            degraded: string[];
            language: string;
            notices: string[];
            products: components["schemas"]["RecommendedCard"][];
            /** @enum {null|string} */
            reason?: "nothing_passes" | null;
            snapshot: string;
        };
        /** RecommendedCard */
        RecommendedCard: {
            citations: number[];
            id: string;
            image: string | null;
            /** @enum {string} */
            kind: "similar" | "complementary" | "suited" | "popular";
            offer: components["schemas"]["guide_wire_shapes_Offer"] | null;
            title: string;
            unverified?: string[];
            url: string | null;
            variant_id?: string | null;
            why: string;
        };
        /** Reference */
        Reference: {
            answer_id: string;
            as_of: string;
            citations: components["schemas"]["Citation"][];
            claims: components["schemas"]["ClaimSpan"][];
            confidence: number;
            degraded: string[];
            follow_ups: string[];
            language: string;
            /** @enum {string} */
            outcome: "answered" | "nearest_match" | "needs_clarification" | "no_match" | "unanswerable" | "out_of_scope" | "refused";
            products: components["schemas"]["ProductCard"][];
            reason?: string | null;
            snapshot: string;
            table?: components["schemas"]["Table"] | null;
            /** @enum {string} */
            writer: "composer" | "generator";
        };
        /** Refused */
        Refused: {
            detail: string;
            id: string;
            index: number;
            /** @enum {string} */
            list: "offers" | "promotions";
            reason: string;
        };
        /** Row */
        Row: {
            /** @default 0 */
            age_seconds: number;
            /** @default 0 */
            bytes: number;
            /** @default  */
            created_at: string;
            /** @default  */
            damage: string;
            encoders?: string[];
            name: string;
            /** @default 0 */
            overlay_seq: number;
            /** @default 0 */
            passages: number;
            /** @default 0 */
            records: number;
            /** @default  */
            role: string;
            sources?: {
                [key: string]: number;
            };
        };
        /** SearchAnswer */
        SearchAnswer: {
            as_of: string;
            cursor: string | null;
            degraded: string[];
            facets: components["schemas"]["Facets"];
            hits: components["schemas"]["SearchHit"][];
            relaxed?: string[];
            snapshot: string;
            total: number;
            understanding?: {
                [key: string]: unknown;
            } | null;
        };
        /** SearchHit */
        SearchHit: {
            id: string;
            offer: components["schemas"]["guide_wire_shapes_Offer"] | null;
            passage: components["schemas"]["PassageRef"];
            score: number;
            scores?: {
                [key: string]: number;
            } | null;
            title: string;
            type: string;
            unverified?: string[];
            variant_id?: string | null;
        };
        /** SearchRequest */
        SearchRequest: {
            cursor?: string | null;
            /** @default false */
            explain: boolean;
            filters?: components["schemas"]["Filter"];
            /** @default 10 */
            k: number;
            locale?: string | null;
            /** @default  */
            query: string;
            /** @enum {null|string} */
            sort?: "relevance" | "price_asc" | "price_desc" | "rating" | "newest" | null;
            types?: ("product" | "faq" | "policy" | "review" | "qa")[];
            /** @default true */
            understand: boolean;
        };
        /** Shown */
        Shown: {
            products?: components["schemas"]["ShownProduct"][];
        };
        /** ShownProduct */
        ShownProduct: {
            id: string;
        };
        /** Status */
        Status: {
            /** @default  */
            damage: string;
            live: string | null;
            previous: string | null;
            snapshots: components["schemas"]["Row"][];
        };
        StatusEvent: {
            /** @description First of all: the answer has begun and has this id. */
            data: {
                answer_id: string;
                /** @default null */
                conversation_id: string | null;
            };
            /** @constant */
            event: "status";
            id: number;
        };
        /** StreamOptions */
        StreamOptions: {
            /** @default false */
            include_usage: boolean;
        };
        /** Table */
        Table: {
            columns: string[];
            rows: components["schemas"]["TableRow"][];
        };
        TableEvent: {
            /** @description An aligned comparison. */
            data: {
                table: components["schemas"]["EventTable"];
            };
            /** @constant */
            event: "table";
            id: number;
        };
        /** TableRow */
        TableRow: {
            cells: components["schemas"]["Cell"][];
            field: string;
        };
        TextEvent: {
            /** @description A verified piece of the answer; pieces joined are the whole text. */
            data: {
                text: string;
            };
            /** @constant */
            event: "text";
            id: number;
        };
        /** Translation */
        Translation: {
            answer?: string | null;
            attributes?: {
                [key: string]: boolean | number | string | string[] | components["schemas"]["Measure"];
            } | null;
            body?: string | null;
            bullets?: string[] | null;
            description?: string | null;
            question?: string | null;
            title?: string | null;
        };
        /** Turn */
        Turn: {
            content: string;
            product_ids?: string[];
            /** @enum {string} */
            role: "user" | "assistant";
        };
        /** TurnShown */
        TurnShown: {
            answer_id: string;
            at: string;
            content: string;
            product_ids?: string[];
            role: string;
            turn: number;
        };
        /** UiMessage */
        UiMessage: {
            parts: components["schemas"]["UiPart"][];
            /** @enum {string} */
            role: "system" | "user" | "assistant";
        };
        /** UiPart */
        UiPart: {
            data?: unknown;
            /** @default  */
            text: string;
            type: string;
        };
        /** UiRequest */
        UiRequest: {
            messages: components["schemas"]["UiMessage"][];
            product_ids?: string[];
        };
        /** UnansweredAnswer */
        UnansweredAnswer: {
            cursor: string | null;
            questions: components["schemas"]["UnansweredGroup"][];
        };
        /** UnansweredGroup */
        UnansweredGroup: {
            count: number;
            languages: string[];
            last_seen: string;
            outcomes: {
                [key: string]: number;
            };
            question: string;
            reasons: {
                [key: string]: number;
            };
        };
        /**
         * Usage
         * @default {
         *       "completion_tokens": 0,
         *       "prompt_tokens": 0,
         *       "total_tokens": 0
         *     }
         */
        Usage: {
            /** @default 0 */
            completion_tokens: number;
            /** @default 0 */
            prompt_tokens: number;
            /** @default 0 */
            total_tokens: number;
        };
        /** Variant */
        Variant: {
            id: string;
            offer?: components["schemas"]["catalog_model_Offer"] | null;
            options?: {
                [key: string]: boolean | number | string | string[] | components["schemas"]["Measure"];
            };
        };
        /** WidgetConfig */
        WidgetConfig: {
            examples: {
                [key: string]: string[];
            };
            history_turns: number;
            name: string;
            question_bytes: number;
        };
        /** Offer */
        catalog_model_Offer: {
            as_of?: string | null;
            /**
             * @default in_stock
             * @enum {string}
             */
            availability: "in_stock" | "out_of_stock" | "preorder" | "backorder";
            currency: string;
            list_price?: string | null;
            price: string;
            stock?: number | null;
        };
        /** Offer */
        guide_wire_shapes_Offer: {
            as_of?: string | null;
            availability: string;
            list_price?: components["schemas"]["Money"] | null;
            price: components["schemas"]["Money"];
            promotion_id?: string | null;
            stock?: number | null;
            until?: string | null;
            usual_price?: components["schemas"]["Money"] | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    HealthzHealthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    MetricsMetricsText: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; version=0.0.4": string;
                };
            };
        };
    };
    ReadyzReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    V1AdminOffersOffers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OffersRequest"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OffersAnswer"];
                };
            };
            /** @description A problem (RFC 9457) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1AdminSnapshotsSnapshots: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description A problem (RFC 9457) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1AdminSnapshotsNameActivateActivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activation"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1AdminUnansweredUnanswered: {
        parameters: {
            query?: {
                k?: number;
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnansweredAnswer"];
                };
            };
            /** @description A problem (RFC 9457) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1AnswersAnswerIdEventsEvents: {
        parameters: {
            query?: never;
            header?: {
                "Last-Event-ID"?: number;
            };
            path: {
                answer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem (RFC 9457) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1AskAsk: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskRequest"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            /** @description A problem (RFC 9457) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1CapabilitiesCapabilities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Capabilities"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1ChatCompletionsComplete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatRequest"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Completion"];
                };
            };
            /** @description An error in OpenAI's shape */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    V1CompareCompare: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompareRequest"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            /** @description A problem (RFC 9457) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1ConversationsConversationIdShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationShown"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1ConversationsConversationIdErase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1FeedbackPut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedbackRequest"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1ModelsModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            /** @description An error in OpenAI's shape */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    V1ModelsModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelCard"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
            /** @description An error in OpenAI's shape */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description An error in OpenAI's shape */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    V1ProductsProductIdProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductAnswer"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1RecommendRecommend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecommendRequest"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recommendations"];
                };
            };
            /** @description A problem (RFC 9457) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1SearchSearch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchRequest"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchAnswer"];
                };
            };
            /** @description A problem (RFC 9457) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1UiChatChat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UiRequest"];
            };
        };
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem (RFC 9457) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description A problem (RFC 9457) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    V1WidgetConfigConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetConfig"];
                };
            };
        };
    };
}

export type Answer = components["schemas"]["Answer"];
export type AskRequest = components["schemas"]["AskRequest"];
export type GuideEvent = components["schemas"]["Event"];
export type ProblemBody = components["schemas"]["ProblemBody"];
export type ProductCard = components["schemas"]["ProductCard"];
export type SearchAnswer = components["schemas"]["SearchAnswer"];
export type SearchRequest = components["schemas"]["SearchRequest"];
